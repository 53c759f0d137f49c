import type { Trail } from '../store/open-trail.ts';
import type { TrailRow } from '../store/read-trail-rows.ts';

/**
 * Reads the rows after that number, or all of them after 0, a page at a time. Each page begins with the last row of the one
 * before, which is left out: so a second row of that number is not stepped over. Whoever reads has to stop at a row whose
 * number is not the next one.
 */
export async function* readPages(
  trail: Pick<Trail, 'rows'>,
  after: number,
  length: number,
): AsyncGenerator<readonly TrailRow[], void> {
  let last = after;
  for (;;) {
    const rows = await trail.rows(last === 0 ? undefined : last - 1, length + 1);
    const page = last > 0 && rows[0]?.number === String(last) ? rows.slice(1) : rows;
    yield page;
    if (rows.length <= length) return;
    last += page.length;
  }
}
