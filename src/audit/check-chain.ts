import type { AuditHead } from '../store/audit-head.ts';
import { chainStart, type AuditChain } from '../store/create-audit-chain.ts';
import type { Trail, TrailBounds } from '../store/open-trail.ts';
import type { TrailRow } from '../store/read-trail-rows.ts';
import { checkKey } from './check-key.ts';
import { findFault } from './find-fault.ts';
import { hashOfRow } from './hash-of-row.ts';
import { readPages } from './read-pages.ts';
import type { TrailFault } from './trail-fault.ts';

/** What a trail is checked with, and against. */
export type ChainQuestion = {
  readonly trail: Pick<Trail, 'bounds' | 'rows'>;
  readonly chain: AuditChain;
  /** Heads that were printed, and are kept where nobody who can write the database can write. */
  readonly printed?: readonly AuditHead[] | undefined;
  /** Rows up to this one are taken for checked already. */
  readonly since?: AuditHead | undefined;
  /** Told now and then how many rows were checked, and how many there were when it began. */
  readonly progress?: ((checked: number, of: number) => void) | undefined;
};

export type ChainAnswer =
  | {
      readonly kind: 'whole';
      readonly rows: number;
      /** How many of them were written before there was a chain, and so prove nothing. */
      readonly beforeChain: number;
      readonly head: AuditHead;
    }
  | { readonly kind: 'broken'; readonly checked: number; readonly fault: TrailFault };

const pageLength = 1000;

/** Checks every row in order, a page at a time, and names the first that is not as it was written. */
export async function checkChain({ trail, chain, printed = [], since, progress }: ChainQuestion): Promise<ChainAnswer> {
  const bounds = await trail.bounds();
  const key = await checkKey(trail, chain, bounds, printed);
  if (key.kind === 'fault') return { kind: 'broken', checked: 0, fault: key.fault };
  const { beginsAfter } = key;
  const heads = Map.groupBy(printed, ({ number }) => number);
  let good: AuditHead = since ?? { number: 0, hash: chainStart };
  let lastPrinted = 0;
  for await (const rows of readPages(trail, good.number, pageLength)) {
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
          short: (bounds.head?.number ?? 0) - bounds.rows,
        });
        return { kind: 'broken', checked: good.number, fault };
      }
      good = next;
      const fault = compareHeads(row.hash);
      if (fault !== undefined) return { kind: 'broken', checked: good.number - 1, fault };
    }
    progress?.(good.number, bounds.rows);
  }
  const fault = checkEnd(good.number, bounds, printed);
  if (fault !== undefined) return { kind: 'broken', checked: good.number, fault };
  return { kind: 'whole', rows: good.number, beforeChain: beginsAfter, head: good };

  /** The new end of what is good, or undefined where this row is not the next one. */
  function follow(row: TrailRow): AuditHead | undefined {
    const number = good.number + 1;
    if (row.number !== String(number)) return undefined;
    if (number <= beginsAfter) return row.hash === '' ? { number, hash: chainStart } : undefined;
    return hashOfRow(chain, good.hash, row, number) === row.hash ? { number, hash: row.hash } : undefined;
  }

  function compareHeads(hash: string): TrailFault | undefined {
    const { number } = good;
    if (bounds.head?.number === number && bounds.head.hash !== hash) return { kind: 'head-altered', row: number };
    const here = heads.get(number);
    if (here === undefined) return undefined;
    if (here.some((head) => head.hash !== hash)) return { kind: 'rewritten', row: number, since: lastPrinted };
    lastPrinted = number;
    return undefined;
  }
}

function checkEnd(last: number, { head, rows }: TrailBounds, printed: readonly AuditHead[]): TrailFault | undefined {
  const row = last + 1;
  if (head !== undefined && head.number > last) return { kind: 'cut-off', row, known: head.number, by: 'head' };
  const known = printed.reduce((most, { number }) => Math.max(most, number), 0);
  if (known > last) return { kind: 'cut-off', row, known, by: 'printed-head' };
  return head?.number === rows ? undefined : { kind: 'head-altered', row: last };
}
