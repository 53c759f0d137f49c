// Taken out of the global once: looked up on every call it is slow inside a test's own context.
const { imul } = Math;

/** Mixes whole numbers and texts into one seed of 32 bits: the same parts always give the same seed. */
export function mix(...parts: readonly (number | string)[]): number {
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
