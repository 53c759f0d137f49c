/** Pretend randomness: the same seed draws the same things in the same order. Not for secrets. */
export type SeededRandom = {
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
export function createSeededRandom(seed: number): SeededRandom {
  let count = 0;
  const next = (): number => {
    count += 1;
    return mixSeed(seed, count);
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
      const [first, second, third, fourth] = [
        formatHex(next()),
        formatHex(next()),
        formatHex(next()),
        formatHex(next()),
      ];
      const variant = '89ab'.charAt(next() & 3);
      return `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
    },
  };
}

function formatHex(part: number): string {
  return part.toString(16).padStart(8, '0');
}

// Taken out of the global once: looked up on every call it is slow inside a test's own context.
const { imul } = Math;

/** Mixes whole numbers and texts into one seed of 32 bits: the same parts always give the same seed. */
export function mixSeed(...parts: readonly (number | string)[]): number {
  let seed = 0x2545f491;
  for (const part of parts) {
    if (typeof part === 'number') seed = blend(seed, part);
    else for (let at = 0; at < part.length; at += 1) seed = blend(seed, part.charCodeAt(at));
  }
  return seed >>> 0;
}

function blend(seed: number, value: number): number {
  let mixed = imul(seed, 31) + value + 0x9e3779b9;
  mixed = imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
