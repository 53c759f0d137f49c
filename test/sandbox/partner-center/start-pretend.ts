import { randomUUID } from 'node:crypto';
import { readPage, type WirePage } from '../../../src/partner-center/wire-format.ts';
import type { Json } from '../../../src/sandbox/loopback-http.ts';
import {
  createPretendPartnerCenter,
  findPerson,
  type PretendPartnerCenter,
  type PretendPartnerCenterOptions,
} from '../../../src/sandbox/partner-center/index.ts';

/** An answer as a test sees it; `json` is undefined where the body is none. */
export type Seen = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json | undefined;
};

/** What a test sends; a header that is undefined is left out. */
export type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: Json | string;
  readonly signal?: AbortSignal;
};

export type Running = {
  readonly pretend: PretendPartnerCenter;
  readonly url: string;
  /** Sends a call that has everything a call must have, but for what is said. */
  readonly send: (address: string, sent?: Sent) => Promise<Seen>;
};

/** Opens a pretend Partner Center without quirks, unless a test wants them; who opens it closes it. */
export async function startPretend(options: PretendPartnerCenterOptions = {}): Promise<Running> {
  const pretend = createPretendPartnerCenter({ quirks: false, ...options });
  const { url } = await pretend.listen();
  return { pretend, url, send: (address, sent = {}) => send(url + address, sent) };
}

async function send(address: string, { method = 'GET', headers, body, signal }: Sent): Promise<Seen> {
  const all = {
    Authorization: 'Bearer sandbox',
    Accept: 'application/json',
    'MS-RequestId': randomUUID(),
    'MS-CorrelationId': randomUUID(),
    'Content-Type': body === undefined ? undefined : 'application/json',
    ...headers,
  };
  const given = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const response = await fetch(address, {
    method,
    headers: given.map(([name, value]) => [name, value]),
    redirect: 'manual',
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text, json: readJson(text) };
}

function readJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text.replace(/^\uFEFF/, ''));
    return value;
  } catch {
    return undefined;
  }
}

/** Somebody at Contoso Bikes, with the address of their user. */
export function personAt({ pretend }: Running, nickname: string, domain = 'contosobikes.onmicrosoft.com') {
  const { customer, user } = findPerson(pretend.data, `${nickname}@${domain}`);
  return { customer, user, path: `/v1/customers/${customer.id}/users/${user.id}` };
}

/** The body of a reset, as documented. */
export function resetBody(password: string): Json {
  return { passwordProfile: { password, forceChangePassword: true }, attributes: { objectType: 'CustomerUser' } };
}

/** A filter by one field as it stands in an address. */
export function filterQuery(Field: string, Value: string, Operator: string): string {
  return `filter=${encodeURIComponent(JSON.stringify({ Field, Value, Operator }))}`;
}

/** Reads an answer as a page of a collection; throws `RangeError` where it is none. */
export function readPageSeen(seen: Seen): WirePage<unknown> {
  const page = readPage(seen.json, (value) => value);
  if (seen.status !== 200 || page === undefined) throw new RangeError(`This is no page: ${seen.status} ${seen.text}`);
  return page;
}

/** Follows `next` with its headers to the end, as the documentation says. */
export async function readAllPages(running: Running, address: string) {
  const items: unknown[] = [];
  const uris: string[] = [];
  let page = readPageSeen(await running.send(address));
  items.push(...page.items);
  while (page.next !== undefined) {
    const { uri, headers } = page.next;
    uris.push(uri);
    page = readPageSeen(await running.send(uri.startsWith('/v1/') ? uri : `/v1${uri}`, { headers }));
    items.push(...page.items);
  }
  return { items, uris, totalCount: page.totalCount };
}

/** Waits for what another connection does, turn by turn of the event loop. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    const { promise, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    await promise;
  }
}
