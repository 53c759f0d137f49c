import { createHash } from 'node:crypto';
import type { Page, PartnerCollection } from './aggregate-partner.ts';
import { PartnerError } from './partner-error.ts';
import { type ReadOptions, readSignal } from './partner-options.ts';
import { buildSeekQuery, formatQueryString, type PartnerQuery } from './query.ts';
import { getResource, type Session } from './session.ts';
import { type NextPage, readPage, type WirePage } from './wire-format.ts';

type PageAddress = { readonly path: string; readonly headers: Readonly<Record<string, string>> };

const continuationHeader = 'ms-continuationtoken';

/**
 * A collection that is read page by page while it is iterated; nothing is read before. The pages of one iteration
 * share a correlation id. It ends where no next page is named, or one that was read already.
 */
export function createCollection<Item>(
  session: Session,
  path: string,
  query: PartnerQuery | undefined,
  readItem: (value: unknown) => Item | undefined,
  options?: ReadOptions,
): PartnerCollection<Item> {
  const first: PageAddress = {
    path: path + (query === undefined ? '' : formatQueryString(query)),
    headers: query?.kind === 'seek' ? { [continuationHeader]: buildSeekQuery('Next', query.token).token } : {},
  };
  const pages = ({ skipUnreadable = false } = {}): AsyncIterable<Page<Item>> =>
    readPages(session, first, (value) => readPage(value, readItem, skipUnreadable), options);
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) {
        yield* page.items;
      }
    },
  };
}

async function* readPages<Item>(
  session: Session,
  first: PageAddress,
  read: (value: unknown) => WirePage<Item> | undefined,
  options: ReadOptions | undefined,
): AsyncGenerator<Page<Item>> {
  const correlationId = session.correlationId ?? session.transport.newId();
  const seen = new Set<string>();
  for (let address: PageAddress | undefined = first; address !== undefined;) {
    seen.add(hashAddress(address));
    const wirePage: WirePage<Item> = await getResource(
      { ...session, correlationId },
      address.path,
      read,
      options,
      address.headers,
    );
    const next: PageAddress | undefined =
      wirePage.next === undefined ? undefined : readNextAddress(wirePage.next, correlationId);
    const isFirstPage = address === first;
    address = next === undefined || seen.has(hashAddress(next)) ? undefined : next;
    yield {
      items: wirePage.items,
      skipped: wirePage.skipped,
      totalCount: wirePage.totalCount,
      isFirstPage,
      isLastPage: address === undefined,
      continuationToken: address?.headers[continuationHeader],
    };
  }
}

function hashAddress(address: PageAddress): string {
  return createHash('sha256').update(JSON.stringify(address)).digest('base64');
}

function readNextAddress(next: NextPage, correlationId: string): PageAddress {
  const path = readNextPath(next.uri);
  if (path === undefined) {
    throw new PartnerError({ code: 'unreadable-answer', correlationId });
  }
  return { path, headers: next.headers };
}

/**
 * Path and query of a link that the service gave, below `/v1`, which the link may begin with or not. Host, scheme and
 * fragment are left out: no link leads to another host. Undefined where it is no address.
 */
export function readNextPath(uri: string): string | undefined {
  const base = 'https://partner.invalid';
  if (!URL.canParse(uri, base)) {
    return undefined;
  }
  const { protocol, pathname, search } = new URL(uri, base);
  // Other schemes keep backslashes and dots as they are, which would mean a different path at our own address.
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb ? pathname.replace(/^(\/+v1(?=\/))?\/+/i, '/') + search : undefined;
}

/** A path below `/v1`; each value becomes exactly one segment of it. Throws `invalid-argument` where it cannot. */
export function buildPath(strings: TemplateStringsArray, ...segments: readonly string[]): string {
  return String.raw({ raw: strings }, ...segments.map(encodeSegment));
}

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..' || !segment.isWellFormed()) {
    throw new PartnerError({ code: 'invalid-argument', says: 'An id must be set and be one segment of an address.' });
  }
  return encodeURIComponent(segment);
}

const mostPages = 100;

/**
 * Every item of a small collection in one list, within the time of one operation. Rejects with `timed-out` where that
 * is over, and with `unreadable-answer` where there are more than 100 pages.
 */
export async function readAllPages<Item>(
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

/** Every item of a collection, in one list. */
export async function readAllItems<Item>(collection: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of collection) {
    items.push(item);
  }
  return items;
}
