import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../src/audit/verify-chain.ts';
import { Secret } from '../../src/base/secret.ts';
import { chainStart, createAuditChain, formatAuditEvent } from '../../src/store/audit-trail/audit-chain.ts';
import type { AuditHead } from '../../src/store/audit-trail/chain-head.ts';
import type { TrailRow } from '../../src/store/audit-trail/trail-rows.ts';
import { asTrail, buildEvent, buildRows, type BuiltRow, chain } from './build-trail.ts';

const rows = buildRows(1000);
const places = rows.map((_row, index) => index + 1);
const asTheyStand: readonly TrailRow[] = rows;
const long: readonly TrailRow[] = buildRows(2500);
const head: AuditHead = { number: 1000, hash: rows.at(-1)?.hash ?? '' };

function at(number: number): BuiltRow {
  const row = rows[number - 1];
  if (row === undefined) throw new Error('there is no such row');
  return row;
}

/** Where rows before the place are as they were, they need not be checked a thousand times over. */
function before(place: number): AuditHead | undefined {
  return place === 1 ? undefined : { number: place - 1, hash: at(place - 1).hash };
}

function renumbered(row: TrailRow, number: number): TrailRow {
  return { ...row, number: String(number) };
}

/** Those rows with numbers without a gap, as somebody would give them who covers a trace. */
function closedUp(list: readonly TrailRow[]): readonly TrailRow[] {
  return list.map((row, index) => renumbered(row, index + 1));
}

/** Another row behind this one: mostly a near one, since the way to a far one is long, and now and then the last. */
function further(place: number): number {
  return place % 50 === 0 ? 1000 : Math.min(1000, place + 1 + (place % 30));
}

async function findAt(place: number, tampered: readonly TrailRow[], known = head) {
  const answer = await verifyChain({ trail: asTrail(tampered, { head: known }), chain, since: before(place) });
  return answer.kind === 'broken' ? answer.fault : answer.kind;
}

describe('a trail of 1,000 rows', () => {
  it('is whole as it was written', async () => {
    await expect(verifyChain({ trail: asTrail(rows), chain })).resolves.toStrictEqual({
      kind: 'whole',
      rows: 1000,
      beforeChain: 0,
      head,
      restores: [],
      lost: [],
    });
  });

  it('is chained as the documents say: HMAC-SHA256 of the hash before and the canonical JSON of the event', () => {
    const key = Buffer.alloc(32, 9);
    const event =
      '{"about":{"requester":{"id":"r-7","name":"Robin Sharp","tenantId":"t"}},"actor":"b0b00000-0000-4000-8000-000000000007",' +
      '"at":1782864007000,"facts":{"outcome":"applied","try":8},"instance":"first","kind":"question-refused","number":7,"version":"0.1.0"}';
    expect(formatAuditEvent(buildEvent(7), '7')).toBe(event);
    expect(at(7).hash).toBe(createHmac('sha256', key).update(at(6).hash).update(event).digest('hex'));
    const first = formatAuditEvent(buildEvent(1), '1');
    expect(at(1).hash).toBe(createHmac('sha256', key).update('0'.repeat(64)).update(first).digest('hex'));
  });

  it('tells each of its rows that was flipped, column after column', async () => {
    const columns = Object.keys(buildEvent(1));
    const found = await Promise.all(
      places.map((place) => {
        const column = columns[place % columns.length] ?? '';
        return findAt(
          place,
          rows.map((row, index) => (index === place - 1 ? flip(row, column) : row)),
        );
      }),
    );
    expect(found).toStrictEqual(places.map((row) => ({ kind: 'altered', row, what: 'content' })));
  });

  it('tells each of its rows whose hash was flipped', async () => {
    const found = await Promise.all(
      places.map((place) => {
        const hash = at(place).hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
        return findAt(place, rows.with(place - 1, { ...at(place), hash }));
      }),
    );
    expect(found).toStrictEqual(places.map((row) => ({ kind: 'altered', row, what: 'hash' })));
  });

  it('tells each of its rows that was taken out', async () => {
    const found = await Promise.all(places.map((place) => findAt(place, rows.toSpliced(place - 1, 1))));
    expect(found).toStrictEqual(
      places.map((row) =>
        row === 1000
          ? { kind: 'cut-off', row, known: 1000, by: 'head' }
          : { kind: 'missing', row, last: row, closedUp: false },
      ),
    );
  });

  it('tells each of its rows that was taken out and the gap closed', async () => {
    const found = await Promise.all(
      places.slice(0, -1).map((place) => findAt(place, closedUp(rows.toSpliced(place - 1, 1)))),
    );
    expect(found).toStrictEqual(
      places.slice(0, -1).map((row) => ({ kind: 'missing', row, last: row, closedUp: true })),
    );
  });

  it('tells a row that was inserted after each of its rows, a forged one or a copy', async () => {
    const found = await Promise.all(
      places.map((place) => {
        const inserted = place % 2 === 0 ? at(place) : { ...at(((place + 499) % 1000) + 1), event: buildEvent(5000) };
        const more = closedUp(rows.toSpliced(place, 0, inserted));
        return findAt(place, more, place % 3 === 0 ? { ...head, number: 1001 } : head);
      }),
    );
    const kinds = found.map((fault) => (typeof fault === 'string' ? fault : `${fault.kind} ${fault.row}`));
    // With the head moved along, nothing tells whether the last row is new or was another one.
    expect(kinds).toStrictEqual(places.map((row) => `inserted ${row + 1}`));
  });

  it('tells a row that was squeezed in between two of its numbers, or before them all', async () => {
    const between = { ...at(3), number: '7.5' };
    expect(await findAt(1, [...rows.slice(0, 7), between, ...rows.slice(7)])).toStrictEqual({
      kind: 'inserted',
      row: 8,
      standsAs: '7.5',
    });
    const first: TrailRow = { ...at(3), number: null };
    expect(await findAt(1, [first, ...rows])).toStrictEqual({ kind: 'inserted', row: 1, standsAs: 'nothing' });
    expect(await findAt(1, [{ ...at(3), number: '-4' }, ...rows])).toMatchObject({ kind: 'inserted', row: 1 });
  });

  it('tells each of its rows that has a second one of its number, a copy or a forged one, before or behind it', async () => {
    const found = await Promise.all(
      places
        .flatMap((place) => {
          const forged = { ...renamed(at(place)), hash: place % 2 === 0 ? at(place).hash : 'x' };
          return [
            asTheyStand.toSpliced(place, 0, at(place)),
            asTheyStand.toSpliced(place, 0, forged),
            asTheyStand.toSpliced(place - 1, 0, forged),
          ];
        })
        .map((doubled, index) => findAt(Math.floor(index / 3) + 1, doubled)),
    );
    expect(found).toStrictEqual(places.flatMap((row) => Array.from({ length: 3 }, () => ({ kind: 'doubled', row }))));
  });

  it('tells a second row of a number wherever a page ends', async () => {
    for (const place of [999, 1000, 1001, 1002, 1999, 2000, 2001, 2002, 2500]) {
      const row = long[place - 1];
      if (row === undefined) throw new Error('there is no such row');
      for (const more of [1, 3, 1200]) {
        const doubled = long.toSpliced(place, 0, ...Array.from({ length: more }, () => renamed(row)));
        const answer = await verifyChain({ trail: asTrail(doubled), chain });
        expect(answer).toMatchObject({ kind: 'broken', checked: place - 1, fault: { kind: 'doubled', row: place } });
      }
    }
  });

  it('tells a number that is of another kind, without looking for ever', async () => {
    const blob = (row: TrailRow) => ({ ...row, number: `X'${Buffer.from(row.number ?? '').toString('hex')}'` });
    expect(await findAt(1, rows.map(blob))).toStrictEqual({ kind: 'altered', row: 1, what: 'number' });
    expect(await findAt(1, [...rows.toSpliced(6, 1), blob(at(7))])).toStrictEqual({
      kind: 'altered',
      row: 7,
      what: 'number',
    });
    const behind = { ...at(7), number: "'7'" };
    expect(await findAt(1, [...rows, behind])).toStrictEqual({ kind: 'inserted', row: 1001, standsAs: "'7'" });
    const many = long.slice(6).map(blob);
    const answer = await verifyChain({ trail: asTrail([...long.slice(0, 6), ...many]), chain });
    expect(answer).toMatchObject({ kind: 'broken', checked: 6, fault: { kind: 'altered', row: 7, what: 'number' } });
    const nothing = Array.from({ length: 2500 }, () => ({ ...at(5), number: null }));
    expect(await findAt(1, nothing)).toMatchObject({ kind: 'inserted', row: 1, standsAs: 'nothing' });
  });

  it('tells each of its rows that changed places with another', async () => {
    const found = await Promise.all(
      places.slice(0, -1).map((place) => {
        const other = further(place);
        const swapped = rows
          .with(place - 1, { ...at(other), number: String(place) })
          .with(other - 1, { ...at(place), number: String(other) });
        return findAt(place, swapped);
      }),
    );
    expect(found).toStrictEqual(
      places.slice(0, -1).map((row) => ({ kind: 'reordered', row, foundAs: String(further(row)) })),
    );
  });

  it('tells each of its rows that was moved behind others', async () => {
    const found = await Promise.all(
      places.slice(0, -1).map((place) => {
        const others = rows.toSpliced(place - 1, 1);
        return findAt(place, closedUp(others.toSpliced(further(place) - 1, 0, at(place))));
      }),
    );
    expect(found).toStrictEqual(
      places.slice(0, -1).map((row) => ({ kind: 'reordered', row, foundAs: String(further(row)) })),
    );
  });

  it('tells each place where it was cut off, by its head or by one that was printed', async () => {
    const byHead = await Promise.all(places.map((place) => findAt(place, rows.slice(0, place - 1))));
    expect(byHead).toStrictEqual(places.map((row) => ({ kind: 'cut-off', row, known: 1000, by: 'head' })));
    const byPrint = await Promise.all(
      places.map(async (place) => {
        const cut = rows.slice(0, place - 1);
        const printed = [at(1), at(500), at(1000)].map(({ number, hash }) => ({ number: Number(number), hash }));
        const answer = await verifyChain({ trail: asTrail(cut), chain, printed, since: before(place) });
        return answer.kind === 'broken' ? answer.fault : answer.kind;
      }),
    );
    expect(byPrint).toStrictEqual(places.map((row) => ({ kind: 'cut-off', row, known: 1000, by: 'printed-head' })));
  });

  it('names the same row when it is checked from its beginning', async () => {
    for (const place of [1, 2, 500, 999, 1000]) {
      const tampered = rows.map((row, index) => (index === place - 1 ? flip(row, 'actor') : row));
      const answer = await verifyChain({ trail: asTrail(tampered, { head }), chain });
      expect(answer).toStrictEqual({
        kind: 'broken',
        checked: place - 1,
        fault: { kind: 'altered', row: place, what: 'content' },
      });
    }
  });
});

describe('the head and the key of a trail', () => {
  it('tells a head that was set back, forward, to another hash, or taken away', async () => {
    const check = async (known: AuditHead) => findAt(1, rows, known);
    await expect(check({ number: 990, hash: at(990).hash })).resolves.toStrictEqual({
      kind: 'head-altered',
      row: 1000,
    });
    await expect(check({ number: 990, hash: head.hash })).resolves.toStrictEqual({ kind: 'head-altered', row: 990 });
    await expect(check({ number: 1001, hash: head.hash })).resolves.toMatchObject({ kind: 'cut-off', row: 1001 });
    await expect(check({ number: 1000, hash: at(999).hash })).resolves.toStrictEqual({
      kind: 'head-altered',
      row: 1000,
    });
    const gone = {
      ...asTrail(rows),
      bounds: () => Promise.resolve({ head: undefined, isEmpty: false, check: chain.check(0) }),
    };
    await expect(verifyChain({ trail: gone, chain })).resolves.toMatchObject({ fault: { kind: 'head-altered' } });
  });

  it('tells a whole trail that was written anew without the key, with and without what the database kept of the key', async () => {
    const other = createAuditChain(new Secret(Buffer.alloc(32, 1).toString('base64')));
    const forged = buildRows(1000, other);
    const all = asTrail(forged, { check: other.check(0) });
    const printed = [{ number: 800, hash: at(800).hash }];
    await expect(verifyChain({ trail: asTrail(forged), chain })).resolves.toMatchObject({
      fault: { kind: 'altered', row: 1 },
    });
    await expect(verifyChain({ trail: all, chain })).resolves.toMatchObject({
      fault: { kind: 'wrong-key', printed: 'none-given' },
    });
    await expect(verifyChain({ trail: all, chain, printed })).resolves.toMatchObject({
      fault: { kind: 'wrong-key', printed: 'not-found' },
    });
    await expect(verifyChain({ trail: asTrail(rows), chain: other, printed })).resolves.toMatchObject({
      fault: { kind: 'wrong-key', printed: 'found' },
    });
    await expect(verifyChain({ trail: asTrail(rows, { check: other.check(0) }), chain })).resolves.toMatchObject({
      fault: { kind: 'check-altered' },
    });
  });

  it('tells that it was written anew by somebody who has the key, by a head that was printed before', async () => {
    let hash = chainStart;
    const anew = rows.map((row, index) => {
      const event = index === 699 ? { ...row.event, actor: 'somebody else' } : row.event;
      hash = chain.hash(hash, formatAuditEvent(event, row.number ?? ''));
      return { ...row, event, hash };
    });
    const printed = [600, 750, 900].map((number) => ({ number, hash: at(number).hash }));
    await expect(verifyChain({ trail: asTrail(anew), chain })).resolves.toMatchObject({ kind: 'whole' });
    await expect(verifyChain({ trail: asTrail(anew), chain, printed })).resolves.toMatchObject({
      kind: 'broken',
      // Whatever fits the key may have been written anew: only up to the last head that agrees is anything known.
      checked: 600,
      fault: { kind: 'rewritten', row: 750, since: 600 },
    });
    const late = [{ number: 900, hash: at(900).hash }];
    await expect(verifyChain({ trail: asTrail(anew), chain, printed: late })).resolves.toMatchObject({
      checked: 0,
      fault: { kind: 'rewritten', row: 900, since: 0 },
    });
  });

  it('takes rows from before there was a chain for what they are', async () => {
    const old = rows.slice(0, 40).map(({ number, event }) => ({ number, event, hash: '' }));
    let hash = chainStart;
    const young = rows.slice(40, 60).map((row) => {
      hash = chain.hash(hash, formatAuditEvent(row.event, row.number ?? ''));
      return { number: row.number, event: row.event, hash };
    });
    const check = chain.check(40);
    await expect(verifyChain({ trail: asTrail([...old, ...young], { check }), chain })).resolves.toMatchObject({
      kind: 'whole',
      rows: 60,
      beforeChain: 40,
    });
    await expect(
      verifyChain({ trail: asTrail([...old.toSpliced(7, 1), ...young], { check }), chain }),
    ).resolves.toMatchObject({ fault: { kind: 'missing', row: 8 } });
    const stripped = rows.map(({ number, event }) => ({ number, event, hash: '' }));
    await expect(verifyChain({ trail: asTrail(stripped), chain })).resolves.toMatchObject({
      fault: { kind: 'altered', row: 1 },
    });
  });

  it('calls a trail whole that nobody has written to yet', async () => {
    const bare = asTrail([], { head: { number: 0, hash: '' } });
    await expect(verifyChain({ trail: bare, chain })).resolves.toMatchObject({ kind: 'whole', rows: 0 });
  });
});

function renamed(row: TrailRow): TrailRow {
  return { ...row, event: row.event && { ...row.event, actor: 'somebody else' } };
}

function flip(row: BuiltRow, column: string): TrailRow {
  const { event } = row;
  switch (column) {
    case 'at':
      return { ...row, event: { ...event, at: String(Number(event.at) + 1) } };
    case 'about':
      return { ...row, event: { ...event, about: event.about.replace('Robin', 'Robyn') } };
    case 'facts':
      return { ...row, event: { ...event, facts: event.facts.replace('applied', 'refused') } };
    case 'kind':
    case 'actor':
    case 'instance':
    case 'version':
      return { ...row, event: { ...event, [column]: `${event[column]}x` } };
    case 'state_before':
      return { ...row, event: { ...event, [column]: event[column] === null ? '' : null } };
    case 'request_id':
    case 'correlation_id':
    case 'operation_id':
    case 'customer_id':
    case 'user_id':
    case 'state_after':
    case 'row_key':
    case 'row_mac':
    case 'frozen':
      return { ...row, event: { ...event, [column]: `${event[column] ?? ''}x` } };
    default:
      throw new Error(`nobody said how to flip ${column}`);
  }
}
