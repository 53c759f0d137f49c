import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../src/base/index.ts';
import { createGraph, type Graph, type GraphFetch, type GraphOptions } from '../../src/graph/index.ts';
import { createFakeClock } from '../partner-center/connect.ts';

export const tenantId = '3f2b7c1e-0d54-4c8a-9a41-6f1d2b90c7aa';
export const userId = '7d1a5c90-2b6e-4f3b-8c55-91e0a4d2f613';
export const callId = '8e0f5a7b-91c4-4b3d-a6e2-7f1c2d9b5e40';

/** One answer of a played Graph, or an error of the network. */
export type Played =
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly fails: Error };

type Sent = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};

/** A client over a `fetch` that plays these answers in turn, the last one again and again, and keeps what was sent. */
export function playGraph(
  answers: readonly Played[],
  options: Partial<GraphOptions> = {},
): {
  readonly graph: Graph;
  readonly sent: readonly Sent[];
  readonly tokens: readonly string[];
  readonly waits: readonly number[];
} {
  const sent: Sent[] = [];
  const tokens: string[] = [];
  const clock = createFakeClock();
  const fetch: GraphFetch = (url, { method, headers, body }) => {
    const played = answers[Math.min(sent.length, answers.length - 1)] ?? { status: 500 };
    sent.push({ method, url, headers, body });
    return 'fails' in played ? Promise.reject(played.fails) : Promise.resolve(toResponse(played));
  };
  const graph = createGraph({
    baseUrl: 'https://graph.microsoft.com',
    tokenFor: (tenant, { fresh }) => {
      tokens.push(`${tenant}${fresh ? ' fresh' : ''}`);
      return Promise.resolve({ kind: 'token', token: new Secret(`token-of-${tenant}`) });
    },
    fetch,
    clock,
    random: () => 0.5,
    newId: () => callId,
    timeouts: { perTry: 2_000_000, whole: 4_000_000 },
    ...options,
  });
  return { graph, sent, tokens, waits: clock.waits };
}

function toResponse({ status, json, text, headers }: Exclude<Played, { readonly fails: Error }>): Response {
  const body = json === undefined ? (text ?? null) : JSON.stringify(json);
  const type = json === undefined ? undefined : { 'Content-Type': 'application/json;odata.metadata=minimal' };
  return new Response([204, 304].includes(status) ? null : body, { status, headers: { ...type, ...headers } });
}

/** A refusal in Graph's form. */
export function refusal(status: number, code: string, message = 'CANARY-message'): Played {
  return { status, json: { error: { code, message, innerError: { 'request-id': callId } } } };
}

/** Sample bodies of the documentation: one, several by name, or the rows of a table. */
export function readExample(name: string): { readonly body: object } {
  return JSON.parse(readText(name));
}

export function readExamples(name: string): Readonly<Record<string, { readonly body: object }>> {
  return JSON.parse(readText(name));
}

export function readExampleRows(name: string): {
  readonly rows: readonly { readonly when: string; readonly status: number; readonly body: object }[];
} {
  return JSON.parse(readText(name));
}

function readText(name: string): string {
  return readFileSync(join(import.meta.dirname, 'examples', `${name}.json`), 'utf8');
}
