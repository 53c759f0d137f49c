import type { Random } from '../../src/base/random.ts';
import { createSeededRandomInt } from './seeded-random-int.ts';

/** Randomness that a seed repeats, with GUIDs and tokens of the right shape. */
export function createSeededRandom(seed: number): Random {
  const integer = createSeededRandomInt(seed);
  const bytes = (length: number) => Uint8Array.from({ length }, () => integer(256));
  const token = () => Buffer.from(bytes(16)).toString('hex');
  return {
    integer,
    bytes,
    token,
    guid() {
      const digits = token();
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
    fraction: () => integer(2 ** 20) / 2 ** 20,
  };
}
