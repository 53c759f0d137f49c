import { randomUUID } from 'node:crypto';
import { createPretendPartnerCenter } from '../../../src/sandbox/partner-center/index.ts';
import type { PretendPartnerCenter, PretendPartnerCenterOptions } from '../../../src/sandbox/partner-center/index.ts';
import type { Json } from '../../../src/sandbox/partner-center/http/json.ts';

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
