import type { Clock } from '../../clock.ts';

/** `burst` at once, and `perSecond` more every second. */
export type Allowance = { readonly burst: number; readonly perSecond: number };

export type TokenBuckets = {
  /** Takes one out of the bucket of `key`; false where it is empty. */
  take(key: string): boolean;
  /** Puts one back: what was taken for it does not count. */
  giveBack(key: string): void;
};

type Bucket = { left: number; at: number };

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
  const buckets = new Map<string, Bucket>();

  /** The bucket with what has run into it since, moved to the end of the queue of those to be forgotten. */
  function fill(key: string): Bucket {
    const now = clock.now();
    const known = buckets.get(key);
    const gained = known === undefined ? burst : (Math.max(0, now - known.at) / 1000) * perSecond;
    const bucket = { left: Math.min(burst, (known?.left ?? 0) + gained), at: now };
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > most) {
      const [oldest] = buckets.keys();
      if (oldest !== undefined) buckets.delete(oldest);
    }
    return bucket;
  }

  return {
    take(key) {
      const bucket = fill(key);
      if (bucket.left < 1) return false;
      bucket.left -= 1;
      return true;
    },
    giveBack(key) {
      const bucket = fill(key);
      bucket.left = Math.min(burst, bucket.left + 1);
    },
  };
}
