import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import {
  callWithTimeout,
  type Clock,
  type Log,
  readProperty,
  readTextProperty,
  teamsTunables,
} from '../../base/index.ts';

/** A key, no key of that id, or no answer because the keys cannot be fetched. */
export type FoundKey =
  { readonly kind: 'key'; readonly key: SigningKey } | { readonly kind: 'unknown' } | { readonly kind: 'unavailable' };

export type SigningKeys = {
  find(keyId: string): Promise<FoundKey>;
  /** The key of that id, if it is in memory and still trusted. Fetches nothing. */
  known(keyId: string): SigningKey | undefined;
  /** Fetches them now, and again before they are too old, until `stop`. */
  start(): void;
  stop(): void;
};

/**
 * The keys that Bot Framework signs with, fetched at `start`, or when they are first needed. They are fetched again in the background
 * once they are 12 hours old, and are not trusted beyond 24. An unknown id causes a fetch too, at most every five minutes,
 * so that forged tokens cannot make the bot call Microsoft at will. One fetch runs at a time, for five seconds at most.
 * For three seconds after a failure there is none.
 */
export function createSigningKeys({
  metadataUrl,
  fetch,
  clock,
  log,
}: {
  readonly metadataUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
}): SigningKeys {
  let keys: ReadonlyMap<string, SigningKey> = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<boolean> | undefined;

  async function refresh(): Promise<boolean> {
    const outcome = await fetchSigningKeys(metadataUrl, {
      fetch,
      clock,
      milliseconds: teamsTunables.signingKeyTimeoutMilliseconds,
    });
    fetching = undefined;
    if (outcome.kind === 'failed') {
      failedAt = clock.now();
      log({ level: 'error', event: 'signing-keys-unavailable', why: outcome.why });
      return false;
    }
    keys = outcome.keys;
    fetchedAt = clock.now();
    failedAt = Number.NEGATIVE_INFINITY;
    return true;
  }

  /** Whether the keys are now those that Microsoft publishes. */
  async function fetchOnce(): Promise<boolean> {
    if (clock.now() - failedAt < teamsTunables.signingKeyFailurePauseMilliseconds) return false;
    fetching ??= refresh();
    return fetching;
  }

  const known = (keyId: string): SigningKey | undefined =>
    clock.now() - fetchedAt < teamsTunables.signingKeysTrustedMilliseconds ? keys.get(keyId) : undefined;

  let cancelTimer = (): void => undefined;
  let isStopped = false;

  async function keepFresh(): Promise<void> {
    const isFresh = await fetchOnce();
    if (isStopped) return;
    const next = isFresh ? teamsTunables.signingKeysFreshMilliseconds : teamsTunables.signingKeyRetryMilliseconds;
    cancelTimer = clock.after(next, () => void keepFresh());
  }

  return {
    known,
    start() {
      void keepFresh();
    },
    stop() {
      isStopped = true;
      cancelTimer();
    },
    async find(keyId) {
      const trusted = known(keyId);
      const age = clock.now() - fetchedAt;
      if (trusted !== undefined) {
        if (age >= teamsTunables.signingKeysFreshMilliseconds) void fetchOnce();
        return { kind: 'key', key: trusted };
      }
      const isCurrent = age < teamsTunables.unknownKeyFetchIntervalMilliseconds || (await fetchOnce());
      if (!isCurrent) return { kind: 'unavailable' };
      const key = keys.get(keyId);
      return key === undefined ? { kind: 'unknown' } : { kind: 'key', key };
    },
  };
}

/** The keys, or why they cannot be fetched. */
type FetchedKeys =
  | { readonly kind: 'keys'; readonly keys: ReadonlyMap<string, SigningKey> }
  | { readonly kind: 'failed'; readonly why: 'status' | 'network' | 'timeout' | 'malformed' };

/**
 * Fetches an OpenID metadata document and the keys that it points at, both within `milliseconds`. It follows no redirect,
 * and a document fetched by https may only point at https. See
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
  const outcome = await callWithTimeout<FetchedKeys>(clock, milliseconds, async (signal) => {
    const metadata = await fetchJson(fetch, metadataUrl, signal);
    if (metadata.kind === 'failed') return metadata;
    const keysUrl = readTextProperty(metadata.value, 'jwks_uri', 2048);
    if (keysUrl === undefined || !URL.canParse(keysUrl) || !isAsSafe(keysUrl, metadataUrl)) return malformedKeys;
    const answer = await fetchJson(fetch, keysUrl, signal);
    if (answer.kind === 'failed') return answer;
    const keys = readSigningKeys(answer.value);
    return keys === undefined ? malformedKeys : { kind: 'keys', keys };
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

const malformedKeys = { kind: 'failed', why: 'malformed' } as const;

async function fetchJson(
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
    return malformedKeys;
  }
}

function isAsSafe(keysUrl: string, metadataUrl: string): boolean {
  const keys = new URL(keysUrl);
  return keys.protocol === 'https:' || keys.origin === new URL(metadataUrl).origin;
}

/** A key that signs what Bot Framework sends, and the channels that it may sign for. */
export type SigningKey = { readonly key: KeyObject; readonly endorsements: readonly string[] };

/** The modulus and the exponent as in https://www.rfc-editor.org/rfc/rfc7518#section-6.3.1. */
const rsaKey = z.object({ kty: z.literal('RSA'), n: z.string().max(4096), e: z.string().max(64) });

/**
 * The RSA keys of a JSON Web Key Set by their ids. Keys of other kinds, or below 2048 bits, are skipped. Undefined if it
 * is no key set, or has no usable key. Keys stay ours and not jose's, which drops `endorsements`. See
 * https://www.rfc-editor.org/rfc/rfc7517.
 */
export function readSigningKeys(answer: unknown): ReadonlyMap<string, SigningKey> | undefined {
  const list = readProperty(answer, 'keys');
  if (!Array.isArray(list)) return undefined;
  const keys = new Map<string, SigningKey>();
  for (const entry of list.slice(0, teamsTunables.maxSigningKeys)) {
    const id = readTextProperty(entry, 'kid', 256);
    const key = readRsaKey(entry);
    if (id === undefined || key === undefined) continue;
    const endorsements: unknown = readProperty(entry, 'endorsements');
    keys.set(id, {
      key,
      endorsements: Array.isArray(endorsements) ? endorsements.filter((one) => typeof one === 'string') : [],
    });
  }
  return keys.size > 0 ? keys : undefined;
}

function readRsaKey(entry: unknown): KeyObject | undefined {
  const read = rsaKey.safeParse(entry);
  if (!read.success) return undefined;
  const { kty, n, e } = read.data;
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= teamsTunables.minSigningKeyBits ? key : undefined;
  } catch {
    return undefined;
  }
}
