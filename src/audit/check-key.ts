import type { AuditHead } from '../store/audit-head.ts';
import { chainStart, type AuditChain } from '../store/create-audit-chain.ts';
import type { Trail } from '../store/open-trail.ts';
import type { TrailBounds } from '../store/read-trail-bounds.ts';
import { hashOfRow } from './hash-of-row.ts';
import type { TrailFault } from './trail-fault.ts';

/** Rows that are tried with a key which the database does not vouch for. */
const mostTried = 1000;

/**
 * Whether the key is the one that the chain was begun with, and after which row it begins. Where the database vouches for
 * another key, or for none, the rows themselves decide whether it is the key that is wrong or what was kept of it.
 */
export async function checkKey(
  trail: Pick<Trail, 'rows'>,
  chain: AuditChain,
  { check, isEmpty }: Pick<TrailBounds, 'check' | 'isEmpty'>,
  printed: readonly AuditHead[],
): Promise<
  { readonly kind: 'fits'; readonly beginsAfter: number } | { readonly kind: 'fault'; readonly fault: TrailFault }
> {
  const beginsAfter = Number.parseInt(check ?? '0', 10);
  if (check === undefined && isEmpty) return { kind: 'fits', beginsAfter };
  if (check === chain.check(beginsAfter)) return { kind: 'fits', beginsAfter };
  if (await fitsSomewhere(trail, chain)) return { kind: 'fault', fault: { kind: 'check-altered', row: 1 } };
  return { kind: 'fault', fault: { kind: 'wrong-key', row: 1, printed: await findPrinted(trail, printed) } };
}

async function fitsSomewhere(trail: Pick<Trail, 'rows'>, chain: AuditChain): Promise<boolean> {
  const rows = await trail.rows(undefined, mostTried);
  return rows.some((row, index) => {
    const previous = rows[index - 1]?.hash || chainStart;
    return hashOfRow(chain, previous, row, Number(row.number)) === row.hash;
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
