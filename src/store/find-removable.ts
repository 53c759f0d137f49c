import { storeTunables } from '../base/index.ts';

/**
 * Finds at most so many of the oldest rows that may be removed. It goes on behind rows that may not, so that rows which somebody
 * has altered do not keep the others for ever. `read` gives the oldest rows behind that one, at most so many.
 */
export async function findRemovable<Row>(
  read: (after: Row | undefined, atMost: number) => Promise<readonly Row[]>,
  mayGo: (row: Row) => boolean,
  atMost: number,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  let after: Row | undefined;
  for (let pages = 0; pages < storeTunables.maxRemovalPages && found.length < atMost; pages += 1) {
    const page = await read(after, atMost);
    found.push(...page.filter(mayGo));
    if (page.length < atMost) break;
    after = page.at(-1);
  }
  return found.slice(0, atMost);
}
