import { createDraws } from './create-draws.ts';
import { mix } from './mix.ts';

const factor = 0x9e3779b1;
/** `factor` times this is 1 modulo 2³². */
const inverse = inverseOf(factor);

/** The id of the user with number `index`; its first eight digits hide the number, so no list is needed to find it. */
export function userIdAt(customerSeed: number, index: number): string {
  const first = (Math.imul(index, factor) ^ keyOf(customerSeed)) >>> 0;
  const rest = createDraws(mix(customerSeed, 23, index))
    .guid()
    .slice(8);
  return first.toString(16).padStart(8, '0') + rest;
}

/** The number of the user with this id; undefined where no user below `count` has it. */
export function indexOfUserId(customerSeed: number, userId: string, count: number): number | undefined {
  const wanted = userId.toLowerCase();
  const first = Number.parseInt(wanted.slice(0, 8), 16);
  const index = Math.imul(first ^ keyOf(customerSeed), inverse) >>> 0;
  return index < count && userIdAt(customerSeed, index) === wanted ? index : undefined;
}

function keyOf(customerSeed: number): number {
  return mix(customerSeed, 29);
}

function inverseOf(odd: number): number {
  let guess = odd;
  for (let round = 0; round < 5; round += 1) guess = Math.imul(guess, 2 - Math.imul(odd, guess));
  return guess;
}
