import { describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../src/audit/verify-chain.ts';
import { chainStart, formatAuditEvent } from '../../src/store/audit-trail/audit-chain.ts';
import { asTrail, buildEvent, buildRows, type BuiltRow, chain } from './build-trail.ts';

const restoredAt = Date.UTC(2026, 6, 2);
const backupFrom = Date.UTC(2026, 6, 1, 12);

/** A trail of so many rows that was restored: those of the backup, one that says so, and others than there were. */
function buildRestored(backup: readonly BuiltRow[], until: number): readonly BuiltRow[] {
  const rows = [...backup];
  let hash = backup.at(-1)?.hash ?? chainStart;
  for (let number = backup.length + 1; number <= until; number += 1) {
    const at = String(restoredAt + (number - backup.length - 1) * 1000);
    const event =
      number === backup.length + 1
        ? { ...buildEvent(number), at, kind: 'restored', facts: `{"from":${backupFrom}}` }
        : { ...buildEvent(number), at, actor: 'somebody later' };
    hash = chain.hash(hash, formatAuditEvent(event, String(number)));
    rows.push({ number: String(number), hash, event });
  }
  return rows;
}

const old = buildRows(60);
const restored = buildRestored(old.slice(0, 40), 55);
const again = buildRestored(restored.slice(0, 50), 70);

/** The head that was printed when that row was the last one. */
function print(rows: readonly BuiltRow[], number: number, at?: number) {
  return { number, hash: rows[number - 1]?.hash ?? '', ...(at !== undefined && { at }) };
}

const check = (
  rows: readonly BuiltRow[],
  printed: readonly ReturnType<typeof print>[],
  acknowledged: readonly number[] = [],
) => verifyChain({ trail: asTrail(rows), chain, printed, restoredAt: acknowledged });

describe('a trail that was restored and written on', () => {
  it('is whole where no head of the time that was lost is given, and says where it was restored', async () => {
    await expect(check(restored, [print(old, 40), print(restored, 50)])).resolves.toMatchObject({
      kind: 'whole',
      restores: [{ row: 41, at: restoredAt, from: backupFrom }],
      lost: [],
    });
  });

  it('says which heads are of the time that was lost, also those beyond its end', async () => {
    const printed = [30, 40, 45, 50, 60].map((number) => print(old, number));
    await expect(check(restored, [...printed, print(restored, 52)])).resolves.toStrictEqual({
      kind: 'broken',
      checked: 40,
      fault: { kind: 'restored', row: 41, at: restoredAt, from: backupFrom, heads: [45, 50, 60] },
    });
  });

  it('is whole where the restore is acknowledged', async () => {
    const printed = [30, 45, 60].map((number) => print(old, number));
    await expect(check(restored, printed, [41])).resolves.toMatchObject({
      kind: 'whole',
      rows: 55,
      lost: [{ number: 45 }, { number: 60 }],
    });
  });

  it('does not take an acknowledgement for another row', async () => {
    await expect(check(restored, [print(old, 45)], [42])).resolves.toMatchObject({
      kind: 'broken',
      fault: { kind: 'not-restored', row: 42 },
    });
    await expect(check(old, [print(old, 45)], [41])).resolves.toMatchObject({
      kind: 'broken',
      checked: 60,
      fault: { kind: 'not-restored', row: 41 },
    });
  });

  it('does not explain a head that was printed before the backup, or after the restore', async () => {
    const before = { ...print(old, 45), number: 40 };
    await expect(check(restored, [before], [41])).resolves.toMatchObject({ fault: { kind: 'rewritten', row: 40 } });
    const after = print(old, 45, restoredAt + 1);
    await expect(check(restored, [after], [41])).resolves.toMatchObject({ fault: { kind: 'rewritten', row: 45 } });
    await expect(check(restored, [print(old, 60, restoredAt + 1)], [41])).resolves.toMatchObject({
      fault: { kind: 'cut-off', row: 56, known: 60 },
    });
    await expect(check(restored, [print(old, 45, restoredAt - 1)], [41])).resolves.toMatchObject({ kind: 'whole' });
  });

  it('needs an acknowledgement for each restore', async () => {
    const printed = [print(old, 45, restoredAt - 1), print(restored, 53, restoredAt)];
    await expect(check(again, printed)).resolves.toMatchObject({ fault: { kind: 'restored', row: 41 } });
    await expect(check(again, printed, [41])).resolves.toMatchObject({ fault: { kind: 'restored', row: 51 } });
    await expect(check(again, printed, [51, 41])).resolves.toMatchObject({ kind: 'whole' });
  });
});
