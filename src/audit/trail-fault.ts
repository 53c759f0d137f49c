import { storeTunables } from '../base/index.ts';
import { type AuditChain, type AuditHead, formatAuditEvent, type Trail, type TrailRow } from '../store/index.ts';

/** What is wrong with a trail: the first thing, and the row that it was found at. */
export type TrailFault =
  /** A row holds something else than what was written. */
  | { readonly kind: 'altered'; readonly row: number; readonly what: 'content' | 'hash' | 'number' }
  /** Rows from `row` to `last` are not there; `closed-up`: those after them took their numbers. */
  | { readonly kind: 'missing'; readonly row: number; readonly last: number; readonly closedUp: boolean }
  /** A row that was never written; `standsAs` is what it has for a number. */
  | { readonly kind: 'inserted'; readonly row: number; readonly standsAs: string }
  /** Two rows have that number, and one of them was never written. */
  | { readonly kind: 'doubled'; readonly row: number }
  /** The row that was written there stands as another one, or another one stands there. */
  | { readonly kind: 'reordered'; readonly row: number; readonly foundAs: string }
  /** The trail ends before `row`; `known` is how far it went, `by` who says so. */
  | {
      readonly kind: 'cut-off';
      readonly row: number;
      readonly known: number;
      readonly by: 'head' | 'printed-head';
    }
  /** The table of the head does not hold the last row. */
  | { readonly kind: 'head-altered'; readonly row: number }
  /** The row fits the key and is not the one whose head was printed: written anew with the key. `since`: the last row whose head agrees. */
  | { readonly kind: 'rewritten'; readonly row: number; readonly since: number }
  /** The trail says that it was restored at that row, which is not acknowledged; `heads` of these rows are of the time that was lost. */
  | {
      readonly kind: 'restored';
      readonly row: number;
      readonly at: number;
      /** From when the backup is, as far as the record says. */
      readonly from: number | undefined;
      readonly heads: readonly number[];
    }
  /** A restore was acknowledged at a row that does not say so. */
  | { readonly kind: 'not-restored'; readonly row: number }
  /** Where the chain begins was altered or removed, though the key is the right one. */
  | { readonly kind: 'check-altered'; readonly row: number }
  /** Nothing fits the key: another key, or all of it written anew with another one. `printed`: whether printed heads stand in it. */
  | { readonly kind: 'wrong-key'; readonly row: number; readonly printed: 'none-given' | 'found' | 'not-found' };

/** Where a chain broke: after the row `good`, which is as it was written. */
type ChainBreak = {
  readonly trail: Pick<Trail, 'rows' | 'missing'>;
  readonly chain: AuditChain;
  readonly good: AuditHead;
  /** The row that does not follow it. */
  readonly found: TrailRow;
  /** Whether the row that is expected is one that has a hash. */
  readonly isChained: boolean;
  readonly head: AuditHead | undefined;
};

function isAfter(number: number, from: number | undefined): boolean {
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER && (from === undefined || number > from);
}

/**
 * Says what happened to the row after the last good one. It looks at what stands in its place, at what follows there, and
 * then for the row itself in all that comes after.
 */
export async function findFault({ trail, chain, good, found, isChained, head }: ChainBreak): Promise<TrailFault> {
  const row = good.number + 1;
  const after = good.number === 0 ? undefined : good.number;
  const fits = (one: TrailRow | undefined, number: number, previous: string | undefined): boolean =>
    one !== undefined && previous !== undefined && hashRow(chain, previous, one, number) === one.hash;
  if (good.number > 0 && found.number === String(good.number)) return { kind: 'doubled', row: good.number };
  const [first = found, second] = await trail.rows(after, 2);
  if (first.number === String(row) && second?.number === first.number) return { kind: 'doubled', row };
  const standsAs = Number(first.number);
  // What stands there follows from a row that is not where it was.
  const isClosedUp = first.number === String(row) && fits(second, row + 2, first.hash);
  const gap = Number.isSafeInteger(standsAs) && standsAs > row ? standsAs - row : isClosedUp ? 1 : 0;
  const missing = { kind: 'missing', row, last: row + gap - 1, closedUp: isClosedUp } as const;
  // Where no other row is missing, none of these stands elsewhere either.
  if (gap > 0 && gap === (await trail.missing())) return missing;
  if (isChained) {
    const plain = findPlain(first, second);
    if (plain !== undefined) return plain;
    const elsewhere = await findElsewhere(first);
    if (elsewhere !== undefined) return elsewhere;
  }
  if (gap > 0) return missing;
  if (first.number !== null && standsAs === row) return { kind: 'altered', row, what: isChained ? 'content' : 'hash' };
  return { kind: 'inserted', row, standsAs: first.number ?? 'nothing' };

  /** What the row in its place and the one after it tell by themselves. */
  function findPlain(here: TrailRow, next: TrailRow | undefined): TrailFault | undefined {
    if (here.number !== String(row)) {
      return fits(here, row, good.hash) ? { kind: 'altered', row, what: 'number' } : undefined;
    }
    const should = hashRow(chain, good.hash, here, row);
    if (next === undefined) return findLast(here, should);
    if (fits(next, row + 1, here.hash)) return { kind: 'altered', row, what: 'content' };
    return fits(next, row + 1, should) ? { kind: 'altered', row, what: 'hash' } : undefined;
  }

  /** Nothing follows: the head tells. */
  function findLast(here: TrailRow, should: string | undefined): TrailFault | undefined {
    if (head?.number === good.number && head.hash === good.hash) {
      return { kind: 'inserted', row, standsAs: String(row) };
    }
    if (head?.number === row + 1 && head.hash === here.hash) return { kind: 'missing', row, last: row, closedUp: true };
    return { kind: 'altered', row, what: head?.hash === should ? 'hash' : 'content' };
  }

  /** Looks for the row itself among those after it. */
  async function findElsewhere(here: TrailRow): Promise<TrailFault | undefined> {
    let from = after;
    let behind: TrailRow | undefined;
    let index = 0;
    for (;;) {
      const rows = await trail.rows(from, storeTunables.verifiedPageRecords);
      for (const one of rows) {
        if (behind !== undefined) return judgeFound(here, behind, one, index - 1);
        if (fits(one, row, good.hash)) behind = one;
        index += 1;
      }
      const last = Number(rows.at(-1)?.number ?? Number.NaN);
      // What is no number of ours stands behind them all, and the same number again would be read for ever.
      if (rows.length < storeTunables.verifiedPageRecords || !isAfter(last, from)) break;
      from = last;
    }
    return behind && judgeFound(here, behind, undefined, index - 1);
  }

  /** It stands `places` behind its place. Where the next one follows it there, others were put before it. */
  function judgeFound(here: TrailRow, found: TrailRow, next: TrailRow | undefined, places: number): TrailFault {
    if (!/^-?\d+$/.test(found.number ?? '')) return { kind: 'altered', row, what: 'number' };
    const isPushed =
      next === undefined ? places === 1 && !fits(here, row + 1, found.hash) : fits(next, row + 1, found.hash);
    return isPushed
      ? { kind: 'inserted', row, standsAs: here.number ?? 'nothing' }
      : { kind: 'reordered', row, foundAs: found.number ?? 'nothing' };
  }
}

/** The hash that this row would have as row `number` after the hash `previous`; undefined where it can be none. */
export function hashRow(chain: AuditChain, previous: string, row: TrailRow, number: number): string | undefined {
  return row.event === undefined ? undefined : chain.hash(previous, formatAuditEvent(row.event, String(number)));
}
