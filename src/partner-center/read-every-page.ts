import { createCollection } from './create-collection.ts';
import { PartnerError } from './partner-error.ts';
import type { ReadOptions } from './partner-options.ts';
import { readSignal } from './read-signal.ts';
import type { Session } from './session.ts';

const mostPages = 100;

/**
 * Every item of a small collection in one list, within the time of one operation. Rejects with `timed-out` where that
 * is over, and with `unreadable-answer` where there are more than 100 pages.
 */
export async function readEveryPage<Item>(
  session: Session,
  path: string,
  readItem: (value: unknown) => Item | undefined,
  options: ReadOptions | undefined,
): Promise<readonly Item[]> {
  const asked = readSignal(options?.signal);
  const { clock, newId, wholeMilliseconds } = session.transport;
  const correlationId = session.correlationId ?? newId();
  const limit = new AbortController();
  const takeBack = clock.after(wholeMilliseconds, () => {
    limit.abort(new DOMException('The time for the whole list is over.', 'TimeoutError'));
  });
  const signal = asked === undefined ? limit.signal : AbortSignal.any([asked, limit.signal]);
  const collection = createCollection({ ...session, correlationId }, path, undefined, readItem, { signal });
  const items: Item[] = [];
  let pages = 0;
  try {
    for await (const page of collection.pages()) {
      for (const item of page.items) {
        items.push(item);
      }
      pages += 1;
      if (pages === mostPages && !page.isLastPage) {
        throw new PartnerError({ code: 'unreadable-answer', correlationId });
      }
    }
    return items;
  } finally {
    takeBack();
  }
}
