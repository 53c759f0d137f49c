/**
 * A repeatable `randomInt(max)` for tests: the same seed gives the same numbers, each from 0 up to but without `max`
 * equally likely (numbers beyond the last whole multiple of `max` are drawn again).
 */
export function createSeededRandomInt(seed: number): (max: number) => number {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  return (max) => {
    const limit = 2 ** 32 - (2 ** 32 % max);
    for (;;) {
      const drawn = next();
      if (drawn < limit) {
        return drawn % max;
      }
    }
  };
}
