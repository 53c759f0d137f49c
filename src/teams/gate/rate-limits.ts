import { isIPv6 } from 'node:net';
import { type Clock, createBoundedCache, teamsTunables } from '../../base/index.ts';

/** A token bucket: `burst` at once, and `perSecond` more every second. */
type RateLimit = { readonly burst: number; readonly perSecond: number };

type RateLimiter = {
  /** Takes one out of the bucket of `key`. False if the bucket is empty. */
  take(key: string): boolean;
  /** Puts one back, for a request that turned out not to count. */
  giveBack(key: string): void;
};

/** What is left is counted in thousandths, so that milliseconds fill it in whole numbers. */
type Bucket = { left: number; readonly at: number };

const thousandths = 1000;

/**
 * Keeps a bucket for every key, full at first. Beyond `most` keys it forgets the least recently used bucket, which then
 * counts as full again. A clock that is set back empties no bucket.
 */
export function createRateLimiter({
  burst,
  perSecond,
  clock,
  most = teamsTunables.maxLimitedKeys,
}: RateLimit & { readonly clock: Clock; readonly most?: number }): RateLimiter {
  const full = burst * thousandths;
  const buckets = createBoundedCache<string, Bucket>(most);

  /** The bucket with what was gained since its last use. */
  function refill(key: string): Bucket {
    const now = clock.now();
    const known = buckets.get(key);
    const gained = known === undefined ? full : Math.max(0, now - known.at) * perSecond;
    const bucket = { left: Math.min(full, (known?.left ?? 0) + gained), at: now };
    buckets.set(key, bucket);
    return bucket;
  }

  return {
    take(key) {
      const bucket = refill(key);
      if (bucket.left < thousandths) return false;
      bucket.left -= thousandths;
      return true;
    },
    giveBack(key) {
      const bucket = refill(key);
      bucket.left = Math.min(full, bucket.left + thousandths);
    },
  };
}

export type GateLimits = {
  /** Per address: requests that are not proven to come from Bot Framework. Authentic ones are given back. */
  readonly perAddress: RateLimit;
  /** Per person. */
  readonly perSender: RateLimit;
  /** All people together. */
  readonly overall: RateLimit;
};

/** The limits of production: far above what people type and press, far below what would overload the bot. */
export const gateLimits: GateLimits = {
  perAddress: teamsTunables.addressLimit,
  perSender: teamsTunables.senderLimit,
  overall: teamsTunables.overallLimit,
};

/** How many requests one address may send that are not authentic. */
export type AddressLimit = {
  /** Whether a request of this address, with this `Authorization` header, is read at all; undefined: it is not. */
  admit(address: string, authorization: string | undefined): AdmittedAddress | undefined;
};

/** A request that is read. `giveBack` gives back what was taken for it, once it turns out to be authentic. */
export type AdmittedAddress = { giveBack(): void };

/** One that passed by its token alone has taken nothing. What it gave back would be a forged request more. */
const nothingTaken: AdmittedAddress = { giveBack: () => undefined };

/**
 * Rule 1: an address that keeps sending requests that are not from Bot Framework is refused before anything is read.
 * A request whose token Bot Framework signed passes in any case, because behind a proxy all requests share one address.
 */
export function createAddressLimit(
  buckets: RateLimiter,
  isSigned: (authorization: string | undefined) => boolean,
): AddressLimit {
  return {
    admit(address, authorization) {
      if (!buckets.take(address)) return isSigned(authorization) ? nothingTaken : undefined;
      return {
        giveBack: () => {
          buckets.giveBack(address);
        },
      };
    },
  };
}

/**
 * The key under which an address is counted. An IPv4 address counts by itself, also when it is written as IPv6. An IPv6
 * address counts by its first 64 bits, because a network hands out that many to one client.
 */
export function findAddressKey(address: string): string {
  const bare = address.replace(/%.*/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const written = short.split(':').filter((group) => group !== '').length;
  const whole = short.replace('::', `:${'0:'.repeat(8 - written)}`).replace(/^:/, '');
  return whole.split(':').slice(0, 4).join(':');
}
