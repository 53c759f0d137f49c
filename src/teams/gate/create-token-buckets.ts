import type { Clock } from '../../clock.ts';

/** `burst` at once, and `perSecond` more every second. */
export type Allowance = { readonly burst: number; readonly perSecond: number };

export type TokenBuckets = {
  /** Takes one out of the bucket of `key`; false where it is empty. */
  take(key: string): boolean;
  /** Puts one back: what was taken for it does not count. */
  giveBack(key: string): void;
};

/** What is left is counted in thousandths, which time fills in whole numbers. */
type Bucket = { left: number; at: number };

const whole = 1000;

/**
 * A bucket for every key, full at first. At most `most` are remembered: beyond that the one longest unused is forgotten,
 * which is the same as a full one.
 */
export function createTokenBuckets({
  burst,
  perSecond,
  clock,
  most = 10_000,
}: Allowance & { readonly clock: Clock; readonly most?: number }): TokenBuckets {
  const full = burst * whole;
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
      if (bucket.left < whole) return false;
      bucket.left -= whole;
      return true;
    },
    giveBack(key) {
      const bucket = fill(key);
      bucket.left = Math.min(full, bucket.left + whole);
    },
  };
}
