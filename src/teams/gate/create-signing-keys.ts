import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { fetchSigningKeys } from './fetch-signing-keys.ts';
import type { SigningKey } from './read-signing-keys.ts';

const hour = 60 * 60 * 1000;
const freshMilliseconds = 12 * hour;
const trustedMilliseconds = 24 * hour;
const betweenUnknownMilliseconds = 5 * 60 * 1000;
const afterFailureMilliseconds = 3000;
const fetchMilliseconds = 5000;

/** A key; none of that id; or nobody can say, because the keys cannot be had. */
export type FoundKey =
  { readonly kind: 'key'; readonly key: SigningKey } | { readonly kind: 'unknown' } | { readonly kind: 'unavailable' };

export type SigningKeys = {
  find(keyId: string): Promise<FoundKey>;
  /** The key of that id, where it is here already and still trusted. */
  known(keyId: string): SigningKey | undefined;
};

/**
 * The keys Bot Framework signs with, fetched when first asked for. After 12 hours they are fetched anew, after 24 no
 * longer trusted. An unknown id fetches them too, at most every five minutes, so that nobody can make the bot ask
 * Microsoft at will. There is one fetch at a time, of five seconds at most, and none for three seconds after a failure.
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
    const outcome = await fetchSigningKeys(metadataUrl, { fetch, clock, milliseconds: fetchMilliseconds });
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

  /** Whether the keys are now as Microsoft has them. */
  async function fetchOnce(): Promise<boolean> {
    if (clock.now() - failedAt < afterFailureMilliseconds) return false;
    fetching ??= refresh();
    return fetching;
  }

  const known = (keyId: string): SigningKey | undefined =>
    clock.now() - fetchedAt < trustedMilliseconds ? keys.get(keyId) : undefined;

  return {
    known,
    async find(keyId) {
      const trusted = known(keyId);
      const age = clock.now() - fetchedAt;
      if (trusted !== undefined) {
        if (age >= freshMilliseconds) void fetchOnce();
        return { kind: 'key', key: trusted };
      }
      const isCurrent = age < betweenUnknownMilliseconds || (await fetchOnce());
      if (!isCurrent) return { kind: 'unavailable' };
      const key = keys.get(keyId);
      return key === undefined ? { kind: 'unknown' } : { kind: 'key', key };
    },
  };
}
