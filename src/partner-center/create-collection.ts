import { createHash } from 'node:crypto';
import type { Page, PartnerCollection } from './aggregate-partner.ts';
import { buildSeekQuery } from './build-seek-query.ts';
import { nextPathOf } from './http/next-path-of.ts';
import { queryStringOf } from './http/query-string-of.ts';
import { PartnerError } from './partner-error.ts';
import type { ReadOptions } from './partner-options.ts';
import type { PartnerQuery } from './partner-query.ts';
import { readResource } from './read-resource.ts';
import type { Session } from './session.ts';
import { readPage } from './wire/read-page.ts';
import type { NextPage, WirePage } from './wire/read-page.ts';

type Address = { readonly path: string; readonly headers: Readonly<Record<string, string>> };

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
  const first: Address = {
    path: path + (query === undefined ? '' : queryStringOf(query)),
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
  first: Address,
  read: (value: unknown) => WirePage<Item> | undefined,
  options: ReadOptions | undefined,
): AsyncGenerator<Page<Item>> {
  const correlationId = session.correlationId ?? session.transport.newId();
  const seen = new Set<string>();
  for (let address: Address | undefined = first; address !== undefined;) {
    seen.add(hashOf(address));
    const wirePage: WirePage<Item> = await readResource(
      { ...session, correlationId },
      address.path,
      read,
      options,
      address.headers,
    );
    const next: Address | undefined = wirePage.next === undefined ? undefined : addressOf(wirePage.next, correlationId);
    const isFirstPage = address === first;
    address = next === undefined || seen.has(hashOf(next)) ? undefined : next;
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

function hashOf(address: Address): string {
  return createHash('sha256').update(JSON.stringify(address)).digest('base64');
}

function addressOf(next: NextPage, correlationId: string): Address {
  const path = nextPathOf(next.uri);
  if (path === undefined) {
    throw new PartnerError({ code: 'unreadable-answer', correlationId });
  }
  return { path, headers: next.headers };
}
