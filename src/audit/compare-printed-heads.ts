import type { AuditHead, TrailRow } from '../store/index.ts';
import type { PrintedHead } from './printed-heads.ts';
import type { TrailFault } from './trail-fault.ts';

/** Holds the printed heads against the rows, one after the other. */
type HeadComparison = {
  /** Takes the next row, and says what is wrong where no restore explains a head that disagrees with it. */
  compare(row: AuditHead, restore: Restore | undefined): TrailFault | undefined;
  /** After the last row: says what is wrong with the heads as a whole. */
  end(last: number): TrailFault | undefined;
  /** The last row whose printed head agreed before the first that did not. */
  agreedUntil(): number;
  /** Where the trail says that it was restored. */
  readonly restores: readonly Restore[];
  /** Heads of a time that a restore has lost. */
  readonly lost: readonly PrintedHead[];
};

/**
 * After a restore the bot gives numbers a second time, so heads that were printed for lost records agree with no row.
 * A head counts as lost if the trail records a restore at its row or before. The head must have been printed before that
 * restore, if its line has an instant. It stays a fault until the operator acknowledges the restore.
 */
export function compareHeads(printed: readonly PrintedHead[], acknowledged: readonly number[]): HeadComparison {
  const heads = Map.groupBy(printed, ({ number }) => number);
  const restores: Restore[] = [];
  const lost: PrintedHead[] = [];
  let agreed = 0;
  let agreedUntil: number | undefined;

  const findRestore = (head: PrintedHead): Restore | undefined =>
    restores.findLast(({ row, at }) => row <= head.number && (head.at === undefined || head.at <= at));

  const lose = (head: PrintedHead): void => {
    agreedUntil ??= agreed;
    lost.push(head);
  };

  return {
    restores,
    lost,
    agreedUntil: () => agreedUntil ?? agreed,
    compare({ number, hash }, restore) {
      if (restore !== undefined) restores.push(restore);
      const here = heads.get(number);
      if (here === undefined) return undefined;
      for (const head of here) {
        if (head.hash === hash) continue;
        if (findRestore(head) === undefined) return { kind: 'rewritten', row: number, since: agreed };
        lose(head);
      }
      if (here.some((head) => head.hash === hash)) agreed = number;
      return undefined;
    },
    end(last) {
      const beyond = printed.filter((head) => head.number > last);
      const cut = beyond.filter((head) => findRestore(head) === undefined);
      if (cut.length > 0) {
        const known = cut.reduce((most, { number }) => Math.max(most, number), 0);
        return { kind: 'cut-off', row: last + 1, known, by: 'printed-head' };
      }
      for (const head of beyond) lose(head);
      const unknown = acknowledged.find((row) => !restores.some((restore) => restore.row === row));
      if (unknown !== undefined) return { kind: 'not-restored', row: unknown };
      return findUnacknowledged();
    },
  };

  function findUnacknowledged(): TrailFault | undefined {
    const open = lost.flatMap((head) => {
      const restore = findRestore(head);
      return restore === undefined || acknowledged.includes(restore.row) ? [] : [{ head, restore }];
    });
    const [first] = open;
    if (first === undefined) return undefined;
    const { row, at, from } = first.restore;
    const numbers = open.filter(({ restore }) => restore.row === row).map(({ head }) => head.number);
    return { kind: 'restored', row, at, from, heads: numbers };
  }
}

/** Where a trail was restored: the row that says so, when that was, and from when the backup was, as far as it says. */
export type Restore = { readonly row: number; readonly at: number; readonly from: number | undefined };

/** What a row says of a restore, which is how a bot begins that finds itself on a backup; undefined of any other row. */
export function readRestore({ event }: TrailRow, row: number): Restore | undefined {
  if (event?.kind !== 'restored') return undefined;
  const facts: unknown = JSON.parse(event.facts);
  const from = typeof facts === 'object' && facts !== null && 'from' in facts ? facts.from : undefined;
  return { row, at: Number(event.at), from: typeof from === 'number' ? from : undefined };
}
