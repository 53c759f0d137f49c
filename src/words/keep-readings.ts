import type { Reading } from './command.ts';

const most = 12;

/** Each reading once, in order, at most twelve; undefined where there is none. */
export function keepReadings(readings: readonly Reading[]): readonly [Reading, ...Reading[]] | undefined {
  const byText = new Map(
    readings.map((reading) => [JSON.stringify([reading.user, reading.customer ?? null]), reading]),
  );
  const [first, ...others] = byText.values();
  return first === undefined ? undefined : [first, ...others.slice(0, most - 1)];
}
