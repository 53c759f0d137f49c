import type { Clock } from '../base/index.ts';
import type { AggregatePartner } from '../partner-center/index.ts';

/** Told how many were read so far, and of how many where that is known. */
export type Progress = (read: number, total: number | undefined) => void;

/** An index as it was read: when the reading began, and how long it took, in milliseconds. */
type Kept<Index> = { readonly index: Index; readonly readAt: number; readonly took: number };

/** Who asks: through which partner a reading goes, and who hears how far it is. */
type Asker = { readonly partner: AggregatePartner; readonly progress: Progress | undefined };

export type IndexCache<Index> = {
  /** The index as it is kept, however old. */
  peek(key: string): Kept<Index> | undefined;
  /**
   * An index whose reading began at `since` or later. Whoever asks while one is read waits for the same reading; one
   * that fails is not kept, and everybody who waited for it hears of it.
   */
  get(key: string, since: number, asker: Asker): Promise<Kept<Index>>;
  /** Corrects the index that is kept, and one that is being read once it is whole. */
  correct(key: string, correction: (index: Index) => void): void;
  /** How many entries are kept, of all indexes together. */
  size(): number;
};

type Entry<Index> = Kept<Index> & { wasAskedFor: boolean; stopRefresh: () => void };
type Reading<Index> = {
  readonly readAt: number;
  readonly listeners: Set<Progress>;
  readonly corrections: ((index: Index) => void)[];
  readonly done: Promise<Kept<Index>>;
};

/**
 * Keeps indexes of at most `budget` entries altogether; the one that was not used for longest goes first. An index that
 * was asked for since it was read is read again in the background `refreshAfter` milliseconds later; one that nobody
 * asks for is left to age.
 */
export function createIndexCache<Index extends { readonly size: number }>({
  partner,
  clock,
  budget,
  refreshAfter,
  read,
}: {
  readonly partner: AggregatePartner;
  readonly clock: Clock;
  readonly budget: number;
  readonly refreshAfter: number;
  readonly read: (key: string, partner: AggregatePartner, progress: Progress) => Promise<Index>;
}): IndexCache<Index> {
  /** In the order of use. */
  const kept = new Map<string, Entry<Index>>();
  const underWay = new Map<string, Reading<Index>>();

  return {
    peek: (key) => kept.get(key),
    async get(key, since, { partner: asking, progress }) {
      for (;;) {
        const entry = kept.get(key);
        if (entry !== undefined && entry.readAt >= since) return use(key, entry);
        const already = underWay.get(key);
        const reading = already ?? start(key, asking);
        if (progress !== undefined) reading.listeners.add(progress);
        if (reading.readAt >= since) {
          const done = await reading.done;
          const now = kept.get(key);
          return now === undefined ? done : use(key, now);
        }
        await reading.done.catch(() => undefined);
      }
    },
    correct(key, correction) {
      const entry = kept.get(key);
      if (entry !== undefined) correction(entry.index);
      underWay.get(key)?.corrections.push(correction);
    },
    size,
  };

  function size(): number {
    return [...kept.values()].reduce((sum, { index }) => sum + index.size, 0);
  }

  function use(key: string, entry: Entry<Index>): Entry<Index> {
    entry.wasAskedFor = true;
    kept.delete(key);
    kept.set(key, entry);
    return entry;
  }

  function start(key: string, through: AggregatePartner): Reading<Index> {
    const readAt = clock.now();
    const listeners = new Set<Progress>();
    const corrections: ((index: Index) => void)[] = [];
    const tell: Progress = (count, total) => {
      for (const listener of listeners) {
        try {
          listener(count, total);
        } catch {
          // Others wait for this reading too: who cannot be told is not told again.
          listeners.delete(listener);
        }
      }
    };
    const readIn = async (): Promise<Kept<Index>> => {
      try {
        const index = await read(key, through, tell);
        for (const correction of corrections) correction(index);
        return keep(key, { index, readAt, took: clock.now() - readAt });
      } finally {
        underWay.delete(key);
      }
    };
    const reading = { readAt, listeners, corrections, done: readIn() };
    underWay.set(key, reading);
    return reading;
  }

  function keep(key: string, fresh: Kept<Index>): Kept<Index> {
    drop(key);
    const entry: Entry<Index> = { ...fresh, wasAskedFor: false, stopRefresh: clock.after(refreshAfter, refresh) };
    kept.set(key, entry);
    let left = size();
    for (const [oldest, { index }] of kept) {
      if (left <= budget) break;
      drop(oldest);
      left -= index.size;
    }
    return entry;

    function refresh(): void {
      if (!entry.wasAskedFor || underWay.has(key)) return;
      // Where it fails the older one stays, and whoever asks next reads again and hears why.
      start(key, partner).done.catch(() => undefined);
    }
  }

  function drop(key: string): void {
    kept.get(key)?.stopRefresh();
    kept.delete(key);
  }
}

const minute = 60_000;

/**
 * How long what was read is taken as it is, in milliseconds. `name`: a namesake may have come since, so before a name is
 * taken to be one person's it is read again after this. `own`: nobody else can have an address or a domain. `refresh`:
 * what was asked for is read again in the background after this, so that a busy customer's users are always at hand.
 */
export const timeToLive = { name: 5 * minute, own: 60 * minute, refresh: 4 * minute };

/**
 * How long "nobody" is believed: twenty times as long as it takes to read again, so that a user who was just created is
 * found at once in a small tenant, and a typing error in a large one does not start a long reading.
 */
export function notFoundTimeToLive({ took }: Pick<Kept<unknown>, 'took'>): number {
  return Math.min(20 * took, timeToLive.name);
}
