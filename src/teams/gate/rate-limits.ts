import { isIPv6 } from 'node:net';
import type { Clock } from '../../base/index.ts';

/** `burst` at once, and `perSecond` more every second. */
type RateLimit = { readonly burst: number; readonly perSecond: number };

type RateLimiter = {
  /** Takes one out of the bucket of `key`; false where it is empty. */
  take(key: string): boolean;
  /** Puts one back: what was taken for it does not count. */
  giveBack(key: string): void;
};

/** What is left is counted in thousandths, which time fills in whole numbers. */
type Bucket = { left: number; at: number };

const thousandths = 1000;

/**
 * A bucket for every key, full at first. At most `most` are remembered: beyond that the one longest unused is forgotten,
 * which is the same as a full one.
 */
export function createRateLimiter({
  burst,
  perSecond,
  clock,
  most = 10_000,
}: RateLimit & { readonly clock: Clock; readonly most?: number }): RateLimiter {
  const full = burst * thousandths;
  const buckets = new Map<string, Bucket>();

  /** The bucket with what has run into it since, moved to the end of the queue of those to be forgotten. */
  function fill(key: string): Bucket {
    const now = clock.now();
    const known = buckets.get(key);
    const gained = known === undefined ? full : Math.max(0, now - known.at) * perSecond;
    const bucket = { left: Math.min(full, (known?.left ?? 0) + gained), at: now };
    buckets.delete(key);
    buckets.set(key, bucket);
    for (const oldest of buckets.keys()) {
      if (buckets.size <= most) break;
      buckets.delete(oldest);
    }
    return bucket;
  }

  return {
    take(key) {
      const bucket = fill(key);
      if (bucket.left < thousandths) return false;
      bucket.left -= thousandths;
      return true;
    },
    giveBack(key) {
      const bucket = fill(key);
      bucket.left = Math.min(full, bucket.left + thousandths);
    },
  };
}

export type GateLimits = {
  /** What one address may send that turns out not to be from Bot Framework; what is authentic is given back. */
  readonly perAddress: RateLimit;
  /** What one person may send. */
  readonly perSender: RateLimit;
  /** What everybody may send together. */
  readonly overall: RateLimit;
};

/** Far more than people type and press, far less than what would hurt. */
export const gateLimits: GateLimits = {
  perAddress: { burst: 100, perSecond: 20 },
  perSender: { burst: 30, perSecond: 1 },
  overall: { burst: 500, perSecond: 100 },
};

/** How many requests one address may send that are not authentic. */
export type AddressLimit = {
  /** Whether a request of this address, with this `Authorization`, is looked at any further. */
  take(address: string, authorization: string | undefined): boolean;
  /** What was taken for it does not count: it was authentic. */
  giveBack(address: string): void;
};

/**
 * Rule 1: an address that keeps sending what is not from Bot Framework is cut short before anything is read. Whatever
 * carries a token that Bot Framework signed goes on all the same, because behind a proxy everybody has one address.
 */
export function createAddressLimit(
  buckets: RateLimiter,
  isSigned: (authorization: string | undefined) => boolean,
): AddressLimit {
  return {
    take: (address, authorization) => buckets.take(address) || isSigned(authorization),
    giveBack: (address) => {
      buckets.giveBack(address);
    },
  };
}

/**
 * Under which key an address is counted: an IPv4 address as it is, however it is written, and of an IPv6 address its
 * first 64 bits, since whoever has one has all addresses that share them.
 */
export function findAddressKey(address: string): string {
  const bare = address.replace(/%.*/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const written = short.split(':').filter((group) => group !== '').length;
  const whole = short.replace('::', `:${'0:'.repeat(8 - written)}`).replace(/^:/, '');
  return whole.split(':').slice(0, 4).join(':');
}
