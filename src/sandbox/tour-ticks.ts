import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What each person has typed of the tour, by their object id. */
export type TourTicks = {
  read(person: string): ReadonlySet<string>;
  write(person: string, said: ReadonlySet<string>): void;
};

const kept = z.record(z.string(), z.array(z.string()));

/**
 * Keeps the ticks in a file, so that a restart loses none. A file that cannot be read counts as empty, and one that cannot be
 * written is passed over: ticks are worth no failure.
 */
export function openTourTicks(file: string): TourTicks {
  const all = new Map(Object.entries(readKept(file)).map(([person, said]) => [person, new Set(said)]));
  return {
    read: (person) => all.get(person) ?? new Set(),
    write(person, said) {
      all.set(person, new Set(said));
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify(Object.fromEntries([...all].map(([who, ticks]) => [who, [...ticks]]))));
      } catch {
        // The next start begins with what was last written.
      }
    },
  };
}

function readKept(file: string): z.infer<typeof kept> {
  try {
    const read = kept.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}
