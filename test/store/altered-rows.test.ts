import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readErrorCode } from '../../src/base/errors.ts';
import type { ResetRequestId } from '../../src/base/ids.ts';
import type { AuditKind } from '../../src/reset/audit-entry.ts';
import { openStore } from '../../src/store/open-store.ts';
import { runCommand } from '../commands/audit/audit-house.ts';
import { auditKey } from '../support/audit-key.ts';
import { buildOpenQuestion } from '../support/build-open-question.ts';
import {
  changeValue,
  isSignedTable,
  type PastTheStore,
  type RawRow,
  reachPastTheStore,
} from '../support/past-the-store.ts';
import { describeOnPostgres } from '../support/describe-on-postgres.ts';
import { askedIn, createResetWorld, type Process, type ResetWorld, robin, said, sam } from '../support/reset-world.ts';
import { signAnew } from '../support/sign-anew.ts';

const second = 1000;
const minute = 60 * second;

/** Tables without a MAC of their rows, and what authenticates them instead. */
const authenticatedOtherwise = {
  audit_records: 'the chain',
  audit_head: 'the chain',
  settings: 'audit-check is keyed and sealing-check sealed; what a backup says of itself is in docs/security.md',
  token_cache: 'sealed; whether it is in force, Microsoft Entra decides',
  kysely_migration: 'taking it away runs a migration again, which fails on what is there',
  kysely_migration_lock: 'a lock',
} as const;

function describeAlteredRows(address: () => Promise<string | undefined>): void {
  let world: ResetWorld;
  let past: PastTheStore;
  let first: Process;

  beforeEach(async () => {
    world = await createResetWorld({ postgres: await address() });
    past = await reachPastTheStore(world.url);
    first = world.boot('first');
  });

  afterEach(async () => {
    expect([...world.partner.broken, ...world.chats.broken]).toStrictEqual([]);
    await past.close();
    await world.close();
  });

  const verify = () =>
    world.url.reveal((url) => runCommand(['verify'], { DATABASE_URL: url, AUDIT_KEY: auditKey.reveal((key) => key) }));
  const expectNamed = async (says: RegExp): Promise<void> => {
    expect(await verify()).toMatchObject({ status: 1, output: expect.stringMatching(says) });
  };
  /** A bot that is started now verifies the newest records, and does not begin on a trail that does not fit. */
  const expectNoStart = async (): Promise<void> => {
    if (world.kind === 'sqlite') await world.closeStore();
    const of = { url: world.url, clock: world.clock, instance: 'started-anew', auditKey };
    await expect(openStore(of)).rejects.toMatchObject({ code: 'audit-end-altered' });
  };
  const alarmed = () => world.alarms.filter(({ kind }) => kind === 'row-altered');
  const outside = () => ({
    patches: world.partner.tries.length,
    delivered: world.chats.delivered.length,
    messages: world.chats.shown().length,
  });

  /** A reset whose process dies right after that step. */
  const dieAt = async (step: AuditKind): Promise<ResetRequestId> => {
    const { id } = await world.ask(first);
    first.power.onStep(step, () => {
      first.power.cut();
    });
    void first.resets.confirm(id, robin, said).catch(() => undefined);
    await world.settle();
    return id;
  };
  const goOn = async (): Promise<Process> => {
    const other = world.boot('second');
    other.resets.start();
    await world.pass(50 * second);
    return other;
  };

  it('every table of the database is signed, or named with what authenticates it', async () => {
    const names = (await past.tables()).map(({ name }) => name).filter((name) => !isSignedTable(name));
    expect(names.toSorted()).toStrictEqual(Object.keys(authenticatedOtherwise).toSorted());
  });

  it.each(['approved', 'message-opened', 'sealed', 'delivery-begun'] as const)(
    'whatever column of a request at %s is changed, nothing goes out, and verify names it',
    async (step) => {
      const id = await dieAt(step);
      const before = outside();
      const [row] = await past.rows('reset_requests');
      if (row === undefined) throw new Error('no request');
      expect(Object.keys(row)).toHaveLength(21);
      await past.set('reset_requests', { details: changeValue(row['details'] ?? null) }, 'true');
      const other = await goOn();
      for (const [column, value] of Object.entries(row)) {
        await past.set('reset_requests', { ...row, [column]: changeFor(column, value) }, 'true');
        await world.pass(3 * second);
        expect([column, outside()]).toStrictEqual([column, before]);
        const found = await world.resets.find(id).catch(readErrorCode);
        expect([column, found]).toStrictEqual([column, column === 'id' ? undefined : 'row-altered']);
        expect(await other.resets.confirm(id, robin, said).then(({ kind }) => kind, readErrorCode)).toMatch(
          column === 'id' ? /unknown|no-such|gone|not/ : /row-altered/,
        );
        await expectNamed(/reset_requests\/\w+ was changed/);
      }
      expect(alarmed()).toContainEqual({ kind: 'row-altered', table: 'reset_requests', how: 'changed', row: id });
      // As it was, it goes on to its end: it was the change that stopped it. Until then the process backs off.
      await past.set('reset_requests', row, 'true');
      await world.pass(15 * minute);
      expect(world.chats.delivered).toHaveLength(1);
      expect(['delivered', 'hidden']).toContain((await world.stands(id)).state);
      expect((await verify()).status).toBe(0);
    },
    60_000,
  );

  it('whatever column of a freeze is changed, no reset begins', async () => {
    await first.resets.freeze(sam, 'Contoso Bikes');
    await expectEveryColumn('freezes', async () => {
      await expect(world.ask(first)).rejects.toMatchObject({ code: 'row-altered' });
      await expect(world.freezes.inForce()).rejects.toMatchObject({ code: 'row-altered' });
    });
    expect(alarmed()).toContainEqual({ kind: 'row-altered', table: 'freezes', how: 'changed', row: undefined });
  });

  it('whatever column of a contact is changed, nobody is written to there', async () => {
    await world.contacts.keep({ person: sam, wroteIn: askedIn, seenAt: world.clock.now() });
    await expectEveryColumn('contacts', async () => {
      expect(await world.contacts.find(sam.objectId, sam.tenantId)).toBeUndefined();
      expect(await world.contacts.latest(sam.tenantId, 10)).toStrictEqual([]);
    });
    const found = alarmed().map((alarm) => (alarm.kind === 'row-altered' ? [alarm.table, alarm.how] : []));
    // Of one whose key was changed, the trail misses the row that had it.
    expect(found).toContainEqual(['contacts', 'changed']);
    expect(found).toContainEqual(['contacts', 'removed']);
  });

  it('whatever column of a question is changed, no answer counts', async () => {
    const question = buildOpenQuestion();
    const entry = { at: 1, kind: 'asked-back', actor: 'robin', facts: {} } as const;
    await world.questions.add(question, entry);
    await expectEveryColumn('open_questions', async (column) => {
      const found = await world.questions.find(question.id).catch(readErrorCode);
      expect([column, found]).toStrictEqual([column, column === 'id' ? undefined : 'row-altered']);
      const after = { ...question, version: 2, state: 'answered' as const };
      const swapped = await world.questions.swap(question, after, entry).catch(readErrorCode);
      expect([column, swapped]).toStrictEqual([column, column === 'id' ? false : 'row-altered']);
      expect(await world.questions.openOf(robin.objectId, robin.tenantId)).toStrictEqual([]);
    });
    expect(alarmed()[0]).toMatchObject({ table: 'open_questions', how: 'changed' });
  });

  /** Changes one column after the other of the one row of that table, as the database lists them. */
  async function expectEveryColumn(table: string, check: (column: string) => Promise<void>): Promise<void> {
    const columns = (await past.tables()).find(({ name }) => name === table)?.columns ?? [];
    const [row] = await past.rows(table);
    if (row === undefined) throw new Error(`there is nothing in ${table}`);
    expect(Object.keys(row).toSorted()).toStrictEqual(columns.toSorted());
    for (const column of columns) {
      await past.set(table, { ...row, [column]: changeFor(column, row[column] ?? null) }, 'true');
      await check(column);
      await expectNamed(new RegExp(`${table}/\\S+ was changed`));
      expect(outside()).toStrictEqual({ patches: 0, delivered: 0, messages: 0 });
    }
    await past.set(table, row, 'true');
    expect((await verify()).status).toBe(0);
  }

  describe('the attacks that were carried out', () => {
    it.each(['sealed', 'try-ended', 'delivery-begun'] as const)(
      'an address changed at %s gets no password, whoever signs it',
      async (step) => {
        const id = await dieAt(step);
        const before = outside();
        const [row] = await past.rows('reset_requests');
        const details = String(row?.['details']);
        const chat = (await world.stands(id)).directMessage?.conversation.id ?? '';
        const moved = details.replaceAll(chat, 'a:somebody-elses');
        expect(moved).not.toBe(details);
        await past.set('reset_requests', { details: moved }, 'true');
        await goOn();
        expect(outside()).toStrictEqual(before);
        expect(alarmed()).toStrictEqual([{ kind: 'row-altered', table: 'reset_requests', how: 'changed', row: id }]);
        await expectNamed(/was changed: it does not hold/);
        // With the audit key alone the row holds, and the seal does not open for that chat.
        await world.url.reveal((url) => signAnew(url));
        await world.pass(minute);
        expect(world.chats.delivered).toStrictEqual([]);
        expect(world.partner.tries).toHaveLength(before.patches);
      },
    );

    it('an inserted decision approves nothing', async () => {
      world.change({ approval: 'always' });
      first.resets.start();
      await world.contacts.keep({ person: sam, wroteIn: askedIn, seenAt: world.clock.now() });
      const { id } = await world.ask(first);
      await first.resets.confirm(id, robin, said);
      await world.pass(2 * second);
      const { state, approval } = await world.stands(id);
      expect(state).toBe('awaiting-approval');
      const decision = { kind: 'approved', by: sam, at: world.clock.now(), right: 'approvers[0]' };
      const [row] = await past.rows('reset_requests');
      const details = String(row?.['details']).replace('"decision":null', `"decision":${JSON.stringify(decision)}`);
      expect(details).toContain('approvers[0]');
      expect(approval?.decision).toBeUndefined();
      await past.set('reset_requests', { details, due_at: world.clock.now() }, 'true');
      await world.pass(20 * second);
      expect(outside()).toStrictEqual({ patches: 0, delivered: 0, messages: 0 });
      expect((await world.readTrail()).map(({ kind }) => kind)).not.toContain('approved');
      expect(alarmed()).toStrictEqual([{ kind: 'row-altered', table: 'reset_requests', how: 'changed', row: id }]);
      await expectNamed(/was changed/);
    });

    it('a deleted freeze lets nothing go on, until everything is frozen anew and thawed', async () => {
      first.resets.start();
      const { id } = await world.ask(first);
      await first.resets.freeze(sam, undefined);
      await world.pass(2 * second);
      expect((await world.stands(id)).state).toBe('refused');
      await past.run('delete from freezes');
      await expect(world.ask(first)).rejects.toMatchObject({ code: 'row-altered' });
      await expect(first.resets.freeze(sam, 'Contoso Bikes')).rejects.toMatchObject({ code: 'row-altered' });
      await expect(first.resets.thaw(sam, { customer: undefined, everything: true })).rejects.toMatchObject({
        code: 'row-altered',
      });
      expect(outside()).toMatchObject({ patches: 0, delivered: 0 });
      expect(alarmed()).toMatchObject([{ table: 'freezes', how: 'not-newest' }]);
      await expectNamed(/freezes\/\* was removed/);
      expect((await first.resets.freeze(sam, undefined)).kind).toBe('frozen');
      expect((await verify()).status).toBe(0);
      expect((await first.resets.thaw(sam, { customer: undefined, everything: true })).kind).toBe('thawed');
      await expect(world.ask(first)).resolves.toMatchObject({ state: 'proposed' });
      expect((await verify()).status).toBe(0);
    });
  });

  describe('rows', () => {
    it('that are removed are not begun again, and are named', async () => {
      await dieAt('sealed');
      const before = outside();
      await past.run('delete from reset_requests');
      await goOn();
      expect(outside()).toStrictEqual(before);
      await expectNamed(/reset_requests\/\w+ was removed/);
    });

    it('that are added do nothing: a copy of a request under another id', async () => {
      const id = await dieAt('sealed');
      const [row] = await past.rows('reset_requests');
      if (row === undefined) throw new Error('no request');
      const before = outside();
      const added = { ...row, id: 'f'.repeat(32), asked_by: 'f:another', user_id: 'another' };
      await past.run('delete from reset_requests');
      await past.insert('reset_requests', added);
      await goOn();
      expect(outside()).toStrictEqual(before);
      expect(alarmed()).toMatchObject([{ how: 'changed', row: added.id }]);
      await expectNamed(new RegExp(`reset_requests/${id} was removed`));
      await expectNamed(/reset_requests\/f+ was changed/);
    });

    it('that are exchanged between two persons are both refused', async () => {
      await world.contacts.keep({ person: sam, wroteIn: askedIn, seenAt: 1 });
      await world.contacts.keep({ person: robin, wroteIn: askedIn, seenAt: 2 });
      const [one, other] = await past.rows('contacts');
      if (one === undefined || other === undefined) throw new Error('no contacts');
      const swap = (row: RawRow, by: RawRow) =>
        past.set(
          'contacts',
          { details: by['details'] ?? null, mac: by['mac'] ?? null },
          `object_id = '${row['object_id']}'`,
        );
      await swap(one, other);
      await swap(other, one);
      expect(await world.contacts.latest(sam.tenantId, 10)).toStrictEqual([]);
      await expectNamed(/contacts\/\S+ was changed.*\ncontacts\/\S+ was changed/);
    });

    it('that are rolled back do not reset again', async () => {
      const id = await dieAt('sealed');
      const older = await past.rows('reset_requests');
      const other = await goOn();
      expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
      const before = outside();
      await past.putBack('reset_requests', older);
      await world.pass(minute);
      expect(outside()).toStrictEqual(before);
      await expect(other.resets.confirm(id, robin, said)).rejects.toMatchObject({ code: 'row-altered' });
      expect(alarmed()).toStrictEqual([{ kind: 'row-altered', table: 'reset_requests', how: 'not-newest', row: id }]);
      await expectNamed(/was rolled back to an older copy/);
    });

    it.each([
      ['hidden from the index', `update audit_records set row_key = null where number > LAST`],
      ['removed', 'delete from audit_records where number > LAST and number < (select number from audit_head)'],
    ])(
      'that are rolled back with their newer records %s do not reset again while a bot runs',
      async (_how, statement) => {
        const id = await dieAt('sealed');
        const older = await past.rows('reset_requests');
        const last = (await world.readTrail()).length;
        await goOn();
        expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
        const before = outside();
        await past.dropGuards();
        await past.run(statement.replaceAll('LAST', String(last)));
        await past.putBack('reset_requests', older);
        await world.pass(minute);
        expect(outside()).toStrictEqual(before);
        expect(alarmed().length).toBeGreaterThan(0);
        await expectNoStart();
        await expectNamed(/NOT as it was written/);
      },
    );

    it('that a later record of another row was made to vouch for do nothing while a bot runs', async () => {
      const id = await dieAt('sealed');
      const older = await past.rows('reset_requests');
      await goOn();
      expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
      await world.contacts.keep({ person: sam, wroteIn: askedIn, seenAt: world.clock.now() });
      await world.contacts.keep({ person: robin, wroteIn: askedIn, seenAt: world.clock.now() });
      const before = outside();
      const records = await past.rows('audit_records');
      const vouching = records.at(-2);
      expect(vouching).toMatchObject({ kind: 'contact-kept' });
      await past.dropGuards();
      await past.set(
        'audit_records',
        { row_key: `reset_requests/${id}`, row_mac: older[0]?.['mac'] ?? null },
        `number = ${Number(vouching?.['number'])}`,
      );
      await past.putBack('reset_requests', older);
      await world.pass(minute);
      expect(outside()).toStrictEqual(before);
      await expect(world.resets.find(id)).rejects.toMatchObject({ code: 'row-altered' });
      expect(alarmed()).toContainEqual(expect.objectContaining({ table: 'reset_requests', how: 'not-newest' }));
    });

    it('that a record beyond the end of the trail vouches for are not read', async () => {
      await world.contacts.keep({ person: sam, wroteIn: askedIn, seenAt: 1 });
      const older = await past.rows('contacts');
      await world.contacts.keep({ person: sam, wroteIn: { ...askedIn, id: 'a:newer' }, seenAt: 2 });
      await past.putBack('contacts', older);
      const [contact] = older;
      await past.insert('audit_records', {
        ...(await past.rows('audit_records')).at(-1),
        number: 999_999,
        row_key: `contacts/${String(contact?.['object_id'])}/${String(contact?.['tenant_id'])}`,
        row_mac: contact?.['mac'] ?? null,
      });
      expect(await world.contacts.find(sam.objectId, sam.tenantId)).toBeUndefined();
      expect(alarmed()).toContainEqual(expect.objectContaining({ table: 'contacts', how: 'not-newest' }));
    });

    it('that are rolled back with the end of the trail do nothing while a bot runs', async () => {
      const id = await dieAt('sealed');
      const older = await past.rows('reset_requests');
      const head = await past.rows('audit_head');
      await goOn();
      expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
      const before = outside();
      await past.dropGuards();
      await past.run(`delete from audit_records where number > ${Number(head[0]?.['number'])}`);
      await past.set('audit_head', { number: head[0]?.['number'] ?? 0, hash: head[0]?.['hash'] ?? '' }, 'id = 1');
      await past.putBack('reset_requests', older);
      await world.pass(minute);
      expect(outside()).toStrictEqual(before);
      const contact = { person: sam, wroteIn: askedIn, seenAt: 1 };
      await expect(world.contacts.keep(contact)).rejects.toMatchObject({ code: 'audit-end-altered' });
      expect(alarmed()).toContainEqual({
        kind: 'row-altered',
        table: 'audit_records',
        how: 'not-newest',
        row: undefined,
      });
    });

    it('of freezes that were lifted, put back: nothing begins either', async () => {
      await first.resets.freeze(sam, undefined);
      const older = await past.rows('freezes');
      await first.resets.thaw(sam, { customer: undefined, everything: true });
      await past.putBack('freezes', older);
      await expect(world.ask(first)).rejects.toMatchObject({ code: 'row-altered' });
      await expectNamed(/freezes\/\* was added/);
    });

    it('of contacts that are older copies are not written to', async () => {
      await world.contacts.keep({ person: sam, wroteIn: askedIn, seenAt: 1 });
      const older = await past.rows('contacts');
      await world.contacts.keep({ person: sam, wroteIn: { ...askedIn, id: 'a:newer' }, seenAt: 2 });
      await past.putBack('contacts', older);
      expect(await world.contacts.find(sam.objectId, sam.tenantId)).toBeUndefined();
      await expectNamed(/contacts\/\S+ was rolled back/);
    });
  });
}

/** `id` columns and texts take a text, numbers a number; what is null takes what fits. */
function changeFor(column: string, value: string | number | null): string | number {
  if (value !== null) return changeValue(value);
  return /_at$|_until$/.test(column) ? 1 : 'x';
}

describe('rows that somebody changed past the store, in SQLite', () => {
  describeAlteredRows(() => Promise.resolve(undefined));
});

describeOnPostgres('rows that somebody changed past the store, in PostgreSQL', (server) => {
  describeAlteredRows(() => server.createDatabase());
});
