import { storeTunables } from '../base/index.ts';
import {
  type AuditChain,
  type AuditEventRow,
  type AuditHead,
  chainStart,
  readPages,
  type Trail,
  type TrailBounds,
  type TrailRow,
} from '../store/index.ts';
import { compareHeads, readRestore, type Restore } from './compare-printed-heads.ts';
import type { PrintedHead } from './printed-heads.ts';
import { findFault, hashRow, type TrailFault } from './trail-fault.ts';

/** What a trail is checked with, and against. */
type ChainVerification = {
  readonly trail: Pick<Trail, 'bounds' | 'rows' | 'missing'>;
  readonly chain: AuditChain;
  /** Heads that were printed and kept out of reach of those who can write to the database. */
  readonly printed?: readonly PrintedHead[] | undefined;
  /** Rows of restores that the operator acknowledges. Heads of records that these restores lost are no fault. */
  readonly restoredAt?: readonly number[] | undefined;
  /** Rows up to this one are taken for checked already, as long as it stands there as it did. */
  readonly since?: AuditHead | undefined;
  /** Receives each record that fits, in order. */
  readonly observe?: ((event: AuditEventRow) => void) | undefined;
  /** Told now and then how many rows were checked, and how many there were when it began. */
  readonly progress?: ((checked: number, of: number) => void) | undefined;
};

export type ChainResult =
  | {
      readonly kind: 'whole';
      readonly rows: number;
      /** How many of them were written before there was a chain, and so prove nothing. */
      readonly beforeChain: number;
      readonly head: AuditHead;
      readonly restores: readonly Restore[];
      /** Printed heads of a time that an acknowledged restore has lost; all others agree. */
      readonly lost: readonly PrintedHead[];
    }
  /** Rows 1 to `checked` are as they were written. */
  | { readonly kind: 'broken'; readonly checked: number; readonly fault: TrailFault };

/** Checks every row in order, a page at a time, and names the first that is not as it was written. */
export async function verifyChain({
  trail,
  chain,
  printed = [],
  restoredAt = [],
  since,
  observe,
  progress,
}: ChainVerification): Promise<ChainResult> {
  const bounds = await trail.bounds();
  const key = await checkAuditKey(trail, chain, bounds, printed);
  if (key.kind === 'fault') return { kind: 'broken', checked: 0, fault: key.fault };
  const { beginsAfter } = key;
  const heads = compareHeads(printed, restoredAt);
  const isSince = since !== undefined && (await isUnchanged(trail, since));
  let good: AuditHead = isSince ? since : { number: 0, hash: chainStart };
  for await (const rows of readPages(trail, good.number, storeTunables.verifiedPageRecords)) {
    for (const row of rows) {
      const next = follow(row);
      if (next === undefined) {
        const fault = await findFault({
          trail,
          chain,
          good,
          found: row,
          isChained: good.number >= beginsAfter,
          head: bounds.head,
        });
        // Of two rows with one number, the wrong one must not count as checked.
        return { kind: 'broken', checked: Math.min(good.number, fault.row - 1), fault };
      }
      good = next;
      if (row.event !== undefined) observe?.(row.event);
      if (bounds.head?.number === good.number && bounds.head.hash !== row.hash) {
        return { kind: 'broken', checked: good.number, fault: { kind: 'head-altered', row: good.number } };
      }
      const fault = heads.compare({ number: good.number, hash: row.hash }, readRestore(row, good.number));
      // It fits the key, but so would all of it that was written anew with the key: the heads alone vouch for it.
      if (fault !== undefined) return { kind: 'broken', checked: heads.agreedUntil(), fault };
    }
    progress?.(good.number, bounds.head?.number ?? good.number);
  }
  const fault = checkEnd(good.number, bounds, await trail.bounds());
  if (fault !== undefined) return { kind: 'broken', checked: good.number, fault };
  const disagreement = heads.end(good.number);
  if (disagreement !== undefined) {
    const checked = disagreement.kind === 'restored' ? heads.agreedUntil() : good.number;
    return { kind: 'broken', checked, fault: disagreement };
  }
  const { restores, lost } = heads;
  return { kind: 'whole', rows: good.number, beforeChain: beginsAfter, head: good, restores, lost };

  /** The new end of what is good, or undefined where this row is not the next one. */
  function follow(row: TrailRow): AuditHead | undefined {
    const number = good.number + 1;
    if (row.number !== String(number)) return undefined;
    if (number <= beginsAfter) return row.hash === '' ? { number, hash: chainStart } : undefined;
    return hashRow(chain, good.hash, row, number) === row.hash ? { number, hash: row.hash } : undefined;
  }
}

async function isUnchanged(trail: Pick<Trail, 'rows'>, { number, hash }: AuditHead): Promise<boolean> {
  const [row] = await trail.rows(number > 1 ? number - 1 : undefined, 1);
  return row?.number === String(number) && row.hash === hash;
}

/** The head is never behind a row that was read before it: both are written in one transaction. */
function checkEnd(last: number, before: TrailBounds, after: TrailBounds): TrailFault | undefined {
  const known = before.head?.number ?? 0;
  if (known > last) return { kind: 'cut-off', row: last + 1, known, by: 'head' };
  return after.head === undefined || after.head.number < last ? { kind: 'head-altered', row: last } : undefined;
}

/**
 * Whether the key is the one that the chain was begun with, and after which row it begins. If the database
 * vouches for another key or for none, the rows decide: either the key is wrong, or the stored check was altered.
 */
export async function checkAuditKey(
  trail: Pick<Trail, 'rows'>,
  chain: AuditChain,
  { check, isEmpty }: Pick<TrailBounds, 'check' | 'isEmpty'>,
  printed: readonly AuditHead[],
): Promise<
  { readonly kind: 'fits'; readonly beginsAfter: number } | { readonly kind: 'fault'; readonly fault: TrailFault }
> {
  if (check === undefined && isEmpty) return { kind: 'fits', beginsAfter: 0 };
  const kept = check === undefined ? undefined : chain.readCheck(check);
  if (kept !== undefined) return { kind: 'fits', beginsAfter: kept.beginsAfter };
  if (await fitsSomewhere(trail, chain)) return { kind: 'fault', fault: { kind: 'check-altered', row: 1 } };
  return { kind: 'fault', fault: { kind: 'wrong-key', row: 1, printed: await findPrinted(trail, printed) } };
}

async function fitsSomewhere(trail: Pick<Trail, 'rows'>, chain: AuditChain): Promise<boolean> {
  const rows = await trail.rows(undefined, storeTunables.recordsTriedWithKey);
  return rows.some((row, index) => {
    const previous = rows[index - 1]?.hash || chainStart;
    return hashRow(chain, previous, row, Number(row.number)) === row.hash;
  });
}

/** A trail that holds what was printed is the old one; then it is the key that is another. */
async function findPrinted(
  trail: Pick<Trail, 'rows'>,
  printed: readonly AuditHead[],
): Promise<'none-given' | 'found' | 'not-found'> {
  if (printed.length === 0) return 'none-given';
  const { number, hash } = printed.reduce((last, head) => (head.number > last.number ? head : last));
  const [row] = await trail.rows(number - 1, 1);
  return row?.number === String(number) && row.hash === hash ? 'found' : 'not-found';
}
