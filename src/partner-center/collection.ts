import { createHash } from 'node:crypto';
import { partnerCenterTunables, withTimeLimit } from '../base/index.ts';
import { PartnerError } from './partner-error.ts';
import { type ReadOptions, readSignal } from './partner-options.ts';
import { buildSeekQuery, formatQueryString, type PartnerQuery } from './query.ts';
import { getResource, type Session } from './session.ts';
import { type NextPage, readPage, type WirePage } from './wire-format.ts';

/** One page of a collection. */
export type Page<Item> = {
  readonly items: readonly Item[];
  /** Number of items that could not be read and are missing here. Always 0 without `skipUnreadable`. */
  readonly skipped: number;
  /** As the service counts; some collections do not have it. */
  readonly totalCount: number | undefined;
  readonly isFirstPage: boolean;
  readonly isLastPage: boolean;
  /** For `buildSeekQuery`, to continue after this page later. */
  readonly continuationToken: string | undefined;
};

/** Items one by one. The pages are read as they are needed; each `for await` starts again with the first page. */
export type PartnerCollection<Item> = AsyncIterable<Item> & {
  /**
   * The same page by page. An item without an id makes its page `unreadable-answer`. With `skipUnreadable` the page leaves
   * such items out. With `ahead` the next page is asked for while this one is worked on: for reading all of a large
   * collection, since a reader that stops early has asked for one page in vain.
   */
  pages(options?: { readonly skipUnreadable?: boolean; readonly ahead?: boolean }): AsyncIterable<Page<Item>>;
};

type PageAddress = { readonly path: string; readonly headers: Readonly<Record<string, string>> };

const continuationHeader = 'ms-continuationtoken';

/**
 * Creates a collection that is read page by page while it is iterated. The pages of one iteration share a correlation id.
 * The collection ends at a page without a link to a next page, or with a link to a page that was read already.
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
  const pages = ({ skipUnreadable = false, ahead = false } = {}): AsyncIterable<Page<Item>> =>
    readPages(session, first, (value) => readPage(value, readItem, skipUnreadable), ahead, options);
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
  ahead: boolean,
  options: ReadOptions | undefined,
): AsyncGenerator<Page<Item>> {
  const correlationId = session.correlationId ?? session.transport.newId();
  const seen = new Set<string>();
  const readOne = ({ path, headers }: PageAddress): Promise<WirePage<Item>> =>
    getResource({ ...session, correlationId }, path, read, options, headers);
  let coming: Promise<WirePage<Item>> | undefined;
  for (let address: PageAddress | undefined = first; address !== undefined;) {
    seen.add(hashAddress(address));
    const wirePage: WirePage<Item> = await (coming ?? readOne(address));
    const next: PageAddress | undefined =
      wirePage.next === undefined ? undefined : readNextAddress(wirePage.next, correlationId);
    const isFirstPage = address === first;
    address = next === undefined || seen.has(hashAddress(next)) ? undefined : next;
    coming = ahead && address !== undefined ? readOne(address) : undefined;
    // It is awaited after the reader has worked on this page, or by no one where the reader stops.
    coming?.catch(() => undefined);
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
 * Path and query of a link of an answer, without a leading `/v1`. Drops scheme, host and fragment, so that no link leads
 * to another host. Undefined where the link is no web address.
 */
export function readNextPath(uri: string): string | undefined {
  const base = 'https://partner.invalid';
  if (!URL.canParse(uri, base)) {
    return undefined;
  }
  const { protocol, pathname, search } = new URL(uri, base);
  // Other schemes keep backslashes and dots, which would mean another path below the base address.
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb ? pathname.replace(/^(\/+v1(?=\/))?\/+/i, '/') + search : undefined;
}

/** Template tag for a path below `/v1`. Each value becomes exactly one segment; otherwise it throws `invalid-argument`. */
export function buildPath(strings: TemplateStringsArray, ...segments: readonly string[]): string {
  return String.raw({ raw: strings }, ...segments.map(encodeSegment));
}

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..' || !segment.isWellFormed()) {
    throw new PartnerError({
      code: 'invalid-argument',
      message: 'An id must be set and be one segment of an address.',
    });
  }
  return encodeURIComponent(segment);
}

/**
 * Reads all items of a small collection, within the time limit of one operation. Rejects with `timed-out` after it, and
 * with `unreadable-answer` where the collection has too many pages.
 */
export async function readAllPages<Item>(
  session: Session,
  path: string,
  readItem: (value: unknown) => Item | undefined,
  options: ReadOptions | undefined,
): Promise<readonly Item[]> {
  const callerSignal = readSignal(options?.signal);
  const { clock, newId, operationMilliseconds } = session.transport;
  const correlationId = session.correlationId ?? newId();
  return withTimeLimit(clock, operationMilliseconds, callerSignal, async (signal) => {
    const collection = createCollection({ ...session, correlationId }, path, undefined, readItem, { signal });
    const items: Item[] = [];
    let pages = 0;
    for await (const page of collection.pages()) {
      for (const item of page.items) {
        items.push(item);
      }
      pages += 1;
      if (pages === partnerCenterTunables.maxListPages && !page.isLastPage) {
        throw new PartnerError({ code: 'unreadable-answer', correlationId });
      }
    }
    return items;
  });
}
