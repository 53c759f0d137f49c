import type { Reading } from './command.ts';

const most = 12;
const nobody =
  /^(?:me|mine|him|her|his|hers|theirs|yours|himself|herself|themselves|them|us|you|u|myself|someone|somebody|anyone|(?:a |an |the |this |that |my |our |another |next |one )?(?:user|customer|person|caller|manager|boss|owner|colleague|coworker|employee|supervisor|guy|lady|girl|man|woman|client|one|account|name|password))$/i;

/** Each reading of somebody once, in order, at most twelve; undefined where there is none. */
export function keepReadings(readings: readonly Reading[]): readonly [Reading, ...Reading[]] | undefined {
  const named = readings.filter(({ user }) => !nobody.test(user));
  const byText = new Map(named.map((reading) => [JSON.stringify([reading.user, reading.customer ?? null]), reading]));
  const [first, ...others] = byText.values();
  return first === undefined ? undefined : [first, ...others.slice(0, most - 1)];
}
