import { type Clock, directoryTunables } from '../base/index.ts';
import type { AggregatePartner } from '../partner-center/index.ts';

/** Takes how many entries were read so far, and the total where that is known. */
export type Progress = (read: number, total: number | undefined) => void;

/** An index, with the start of its reading (milliseconds since 1970) and the duration of its reading. */
type CachedIndex<Index> = { readonly index: Index; readonly readAt: number; readonly readMilliseconds: number };

/** The partner that reads for a caller, and the caller's progress listener. */
type Caller = { readonly partner: AggregatePartner; readonly progress: Progress | undefined };

/** A cache of indexes, by key. */
export type IndexCache<Index> = {
  /** The cached index, however old. */
  peek(key: string): CachedIndex<Index> | undefined;
  /**
   * An index whose reading began at `since` or later. Callers that come during a reading share it. A reading that fails
   * rejects for all of them and is not cached.
   */
  get(key: string, since: number, caller: Caller): Promise<CachedIndex<Index>>;
  /** Reads it in the background, unless it is being read. After a failure the older index stays. */
  refresh(key: string): void;
  /** Notes that the cached index, if it is this one, was brought up to date by a reading of changes alone. */
  renew(key: string, renewed: CachedIndex<Index>): void;
  /** Applies a correction to the cached index, and to the one that is being read once it is complete. */
  correct(key: string, correction: (index: Index) => void): void;
  /** Number of entries, of all cached indexes together. */
  size(): number;
  /** Begins no further reading in the background. Callers are served on. */
  stop(): void;
};

type Entry<Index> = {
  readonly index: Index;
  readAt: number;
  readMilliseconds: number;
  wasUsed: boolean;
  cancelRefresh: () => void;
};
type Reading<Index> = {
  readonly readAt: number;
  readonly listeners: Set<Progress>;
  readonly corrections: ((index: Index) => void)[];
  readonly done: Promise<CachedIndex<Index>>;
};

/** What a reading is for: somebody who waits, or no one yet. */
type Purpose = 'asked' | 'background';

/**
 * Creates a cache of indexes with `maxEntries` entries in all; the least recently used index goes first. An index that was
 * used since its reading is read again in the background after some minutes, unless it is kept fresh in another way. An unused
 * one is left to age.
 * It is written by hand, because a general cache knows neither corrections nor the start of a reading.
 */
export function createIndexCache<Index extends { readonly size: number }>({
  partner,
  clock,
  maxEntries,
  read,
  isFollowed = () => false,
}: {
  readonly partner: AggregatePartner;
  readonly clock: Clock;
  readonly maxEntries: number;
  readonly read: (key: string, partner: AggregatePartner, progress: Progress, purpose: Purpose) => Promise<Index>;
  /** Whether an index is kept fresh by its changes, so that it needs no reading of its own. */
  readonly isFollowed?: (index: Index) => boolean;
}): IndexCache<Index> {
  /** In the order of use. */
  const entries = new Map<string, Entry<Index>>();
  const readings = new Map<string, Reading<Index>>();
  let isStopped = false;

  return {
    peek: (key) => entries.get(key),
    async get(key, since, { partner: asking, progress }) {
      for (;;) {
        const entry = entries.get(key);
        if (entry !== undefined && entry.readAt >= since) return use(key, entry);
        const reading = readings.get(key) ?? startReading(key, asking, 'asked');
        if (progress !== undefined) reading.listeners.add(progress);
        if (reading.readAt >= since) {
          const result = await reading.done;
          const cached = entries.get(key);
          return cached === undefined ? result : use(key, cached);
        }
        await reading.done.catch(() => undefined);
      }
    },
    correct(key, correction) {
      const entry = entries.get(key);
      if (entry !== undefined) correction(entry.index);
      readings.get(key)?.corrections.push(correction);
    },
    refresh,
    renew(key, { index, readAt, readMilliseconds }) {
      const entry = entries.get(key);
      if (entry?.index === index) Object.assign(entry, { readAt, readMilliseconds });
    },
    size,
    stop() {
      isStopped = true;
      for (const { cancelRefresh } of entries.values()) cancelRefresh();
    },
  };

  function size(): number {
    return [...entries.values()].reduce((sum, { index }) => sum + index.size, 0);
  }

  function use(key: string, entry: Entry<Index>): Entry<Index> {
    entry.wasUsed = true;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  }

  function refresh(key: string): void {
    if (!isStopped && !readings.has(key)) startReading(key, partner, 'background').done.catch(() => undefined);
  }

  function startReading(key: string, asking: AggregatePartner, purpose: Purpose): Reading<Index> {
    const readAt = clock.now();
    const listeners = new Set<Progress>();
    const corrections: ((index: Index) => void)[] = [];
    const report: Progress = (count, total) => {
      for (const listener of listeners) {
        try {
          listener(count, total);
        } catch {
          // Others wait for this reading too, so a listener that throws is only dropped.
          listeners.delete(listener);
        }
      }
    };
    const run = async (): Promise<CachedIndex<Index>> => {
      try {
        const index = await read(key, asking, report, purpose);
        for (const correction of corrections) correction(index);
        return store(key, { index, readAt, readMilliseconds: clock.now() - readAt });
      } finally {
        readings.delete(key);
      }
    };
    const reading = { readAt, listeners, corrections, done: run() };
    readings.set(key, reading);
    return reading;
  }

  function store(key: string, fresh: CachedIndex<Index>): CachedIndex<Index> {
    drop(key);
    const entry: Entry<Index> = {
      ...fresh,
      wasUsed: false,
      cancelRefresh: isStopped ? () => undefined : clock.after(directoryTunables.indexRefreshMilliseconds, readAgain),
    };
    entries.set(key, entry);
    let total = size();
    for (const [oldest, { index }] of entries) {
      if (total <= maxEntries) break;
      drop(oldest);
      total -= index.size;
    }
    return entry;

    function readAgain(): void {
      // After a failure the older index stays. A later caller that needs a newer one reads again and gets the error.
      if (entry.wasUsed && !isFollowed(entry.index)) refresh(key);
    }
  }

  function drop(key: string): void {
    entries.get(key)?.cancelRefresh();
    entries.delete(key);
  }
}

/**
 * For how long "not found" counts, in milliseconds. It is a multiple of the time that a reading takes, up to the time to
 * live of a name. In a small tenant a user who was just created is found at once. In a large tenant a typing error does
 * not start a long reading.
 */
export function notFoundTimeToLive({ readMilliseconds }: Pick<CachedIndex<unknown>, 'readMilliseconds'>): number {
  const { notFoundReadingFactor, nameTimeToLiveMilliseconds } = directoryTunables;
  return Math.min(notFoundReadingFactor * readMilliseconds, nameTimeToLiveMilliseconds);
}
