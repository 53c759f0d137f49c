import { mix } from './mix.ts';

/** Pretend randomness: the same seed draws the same things in the same order. Not for secrets. */
export type Draws = {
  /** A whole number from 0 up to, not including, `below`. */
  integer(below: number): number;
  /** True about once in `times`. */
  onceIn(times: number): boolean;
  /** One of `list`, which holds at least one. */
  pick<Item>(list: readonly Item[]): Item;
  /** A GUID of version 4. */
  guid(): string;
};

/** Makes draws from a seed of 32 bits. */
export function createDraws(seed: number): Draws {
  let count = 0;
  const next = (): number => {
    count += 1;
    return mix(seed, count);
  };
  const integer = (below: number): number => Math.floor((next() / 0x1_0000_0000) * below);
  return {
    integer,
    onceIn: (times) => integer(times) === 0,
    pick(list) {
      const item = list[integer(list.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
    guid() {
      const [first, second, third, fourth] = [hex(next()), hex(next()), hex(next()), hex(next())];
      const variant = '89ab'.charAt(next() & 3);
      return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
    },
  };
}

function hex(part: number): string {
  return part.toString(16).padStart(8, '0');
}
