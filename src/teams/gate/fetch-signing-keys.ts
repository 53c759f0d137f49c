import type { Clock } from '../../clock.ts';
import { callWithLimit } from '../call-with-limit.ts';
import { readOwnText } from '../read-own-text.ts';
import { readSigningKeys, type SigningKey } from './read-signing-keys.ts';

/** The keys, or why they cannot be had. */
export type FetchedKeys =
  | { readonly kind: 'keys'; readonly keys: ReadonlyMap<string, SigningKey> }
  | { readonly kind: 'failed'; readonly why: 'status' | 'network' | 'timeout' | 'malformed' };

/**
 * Fetches the keys that an OpenID metadata document points at, both within `milliseconds`, following no redirect. A
 * document of https may not point anywhere else than to https. See
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication.
 */
export async function fetchSigningKeys(
  metadataUrl: string,
  {
    fetch,
    clock,
    milliseconds,
  }: { readonly fetch: typeof globalThis.fetch; readonly clock: Clock; readonly milliseconds: number },
): Promise<FetchedKeys> {
  const outcome = await callWithLimit<FetchedKeys>(clock, milliseconds, async (signal) => {
    const metadata = await getJson(fetch, metadataUrl, signal);
    if (metadata.kind === 'failed') return metadata;
    const keysUrl = readOwnText(metadata.value, 'jwks_uri', 2048);
    if (keysUrl === undefined || !URL.canParse(keysUrl) || !isAsSafe(keysUrl, metadataUrl)) return malformed;
    const answer = await getJson(fetch, keysUrl, signal);
    if (answer.kind === 'failed') return answer;
    const keys = readSigningKeys(answer.value);
    return keys === undefined ? malformed : { kind: 'keys', keys };
  });
  switch (outcome.kind) {
    case 'answered':
      return outcome.result;
    case 'failed':
      return { kind: 'failed', why: 'network' };
    case 'timeout':
      return { kind: 'failed', why: 'timeout' };
  }
}

const malformed = { kind: 'failed', why: 'malformed' } as const;

async function getJson(
  fetch: typeof globalThis.fetch,
  url: string,
  signal: AbortSignal,
): Promise<{ readonly kind: 'json'; readonly value: unknown } | Extract<FetchedKeys, { kind: 'failed' }>> {
  const response = await fetch(url, { signal, redirect: 'error', headers: { Accept: 'application/json' } });
  if (!response.ok) {
    await response.body?.cancel();
    return { kind: 'failed', why: 'status' };
  }
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'json', value };
  } catch {
    return malformed;
  }
}

function isAsSafe(keysUrl: string, metadataUrl: string): boolean {
  const keys = new URL(keysUrl);
  return keys.protocol === 'https:' || keys.origin === new URL(metadataUrl).origin;
}
