import { z } from 'zod';
import { graphTunables, withTimeLimit } from '../base/index.ts';
import { parseJson } from './error-answer.ts';
import { GraphError } from './graph-error.ts';
import type { ListOptions, ReadOptions, WriteOptions } from './graph-options.ts';
import { type Outcome, sendWithRetries, type Transport } from './send-request.ts';

/** What the calls in one tenant share. */
export type Session = {
  readonly transport: Transport;
  readonly tenantId: string;
  /** Sent as `client-request-id`. Undefined: each call makes its own. */
  readonly correlationId: string | undefined;
};

/** A page of an answer. */
export type WirePage<Item> = {
  readonly items: readonly Item[];
  readonly nextLink: string | undefined;
  /** Of the last page of a delta query. */
  readonly deltaLink: string | undefined;
};

/** Reads what is at `url`. Rejects with `unreadable-answer` where `read` returns undefined for the body. */
export async function getResource<Result>(
  session: Session,
  url: string,
  read: (value: unknown) => Result | undefined,
  options: ReadOptions | undefined,
): Promise<Result> {
  const clientRequestId = session.correlationId ?? session.transport.newId();
  const { httpStatus, body, tries } = await sendWithRetries(session.transport, {
    method: 'GET',
    tenantId: session.tenantId,
    url,
    headers: {},
    writeBody: undefined,
    clientRequestId,
    signal: options?.signal,
    mayRepeat: true,
  });
  const result = read(parseJson(body));
  if (result === undefined) throw new GraphError({ code: 'unreadable-answer', clientRequestId, httpStatus, tries });
  return result;
}

/** Posts a body, which `writeBody` makes anew for each try, or none. Gives the answer and the id of the call. */
export async function post(
  session: Session,
  path: string,
  writeBody: (() => string) | undefined,
  options: WriteOptions | undefined,
): Promise<Outcome & { readonly clientRequestId: string }> {
  const clientRequestId = session.correlationId ?? session.transport.newId();
  const outcome = await sendWithRetries(session.transport, {
    method: 'POST',
    tenantId: session.tenantId,
    url: addressOf(session, path),
    headers: {},
    writeBody,
    clientRequestId,
    signal: options?.signal,
    mayRepeat: options?.mayRepeat ?? false,
  });
  return { ...outcome, clientRequestId };
}

/** The address of a path below `/v1.0`. */
export function addressOf({ transport }: Session, path: string): string {
  return `${transport.baseUrl}/v1.0${path}`;
}

/**
 * Reads a list as a whole, within the time limit of one operation and the limit of pages. Rejects with `unreadable-answer`
 * where there are more pages, where an item cannot be read, or where a link leads elsewhere.
 */
export async function readList<Item>(
  session: Session,
  path: string,
  readItem: (value: unknown) => Item | undefined,
  options: ListOptions<Item> | undefined,
): Promise<readonly Item[]> {
  const correlationId = session.correlationId ?? session.transport.newId();
  const { clock, operationMilliseconds } = session.transport;
  return withTimeLimit(clock, operationMilliseconds, options?.signal, async (signal) => {
    const items: Item[] = [];
    const pages = readPages(
      { ...session, correlationId },
      addressOf(session, path),
      readItem,
      { signal },
      graphTunables.maxListPages,
    );
    for await (const page of pages) {
      items.push(...page.items);
      options?.onPage?.(page.items);
    }
    return items;
  });
}

/** Reads page after page, `maxPages` at most; one more rejects with `unreadable-answer`. A page may be empty and go on. */
export async function* readPages<Item>(
  session: Session,
  first: string,
  readItem: (value: unknown) => Item | undefined,
  options: ReadOptions | undefined,
  maxPages: number,
): AsyncGenerator<WirePage<Item>> {
  let url: string | undefined = first;
  for (let pages = 0; url !== undefined; pages += 1) {
    if (pages === maxPages) throw unreadable(session);
    const page: WirePage<Item> = await getResource(session, url, (value) => readPage(value, readItem), options);
    url = page.nextLink === undefined ? undefined : requireOwnLink(session, page.nextLink);
    yield page;
  }
}

const pageShape = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().min(1).optional(),
  '@odata.deltaLink': z.string().min(1).optional(),
});

function readPage<Item>(value: unknown, readItem: (value: unknown) => Item | undefined): WirePage<Item> | undefined {
  const wire = pageShape.safeParse(value).data;
  if (wire === undefined) return undefined;
  const items: Item[] = [];
  for (const wireItem of wire.value) {
    const item = readItem(wireItem);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return { items, nextLink: wire['@odata.nextLink'], deltaLink: wire['@odata.deltaLink'] };
}

/**
 * A link of an answer, resolved against Graph's address, if it leads there. Otherwise it throws `unreadable-answer`: the
 * token, and what was asked, go to Graph alone, whatever an answer names.
 */
export function requireOwnLink(session: Session, link: string): string {
  const { baseUrl } = session.transport;
  const url = link.length <= graphTunables.maxLinkLength ? URL.parse(link, `${baseUrl}/v1.0/`) : null;
  const isOwn = url?.origin === new URL(baseUrl).origin && url.username === '' && url.password === '';
  if (url === null || !isOwn || !url.pathname.startsWith(new URL(`${baseUrl}/v1.0/`).pathname))
    throw unreadable(session);
  // A link is opaque: a parsed one could be encoded in another way.
  return URL.canParse(link) ? link : url.href;
}

function unreadable({ correlationId }: Session): GraphError {
  return new GraphError({ code: 'unreadable-answer', clientRequestId: correlationId });
}
