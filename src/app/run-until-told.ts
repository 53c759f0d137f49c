import type { Ending } from './create-ending.ts';

/** Of the whole span of an ending, what a start that is still under way leaves: it has three seconds to come to its end. */
const spareMilliseconds = 6500;

/**
 * Starts something and resolves when it has ended after somebody said so, also when that was said while it was starting: then
 * it is stopped once it has started, or left as it is where that takes too long, for example because it waits for a lock.
 * Rejects where it does not start.
 */
export async function runUntilTold(
  start: () => Promise<{ stop(ending: Ending): Promise<void> }>,
  told: Promise<Ending>,
): Promise<void> {
  const starting = start();
  const first = await Promise.race([starting, told.then((ending) => ({ ending }))]);
  const ending = await told;
  if (!('ending' in first)) {
    await ending.within('bot', 0, () => first.stop(ending));
    return;
  }
  let running: { stop(ending: Ending): Promise<void> } | undefined;
  await ending.within('start', spareMilliseconds, async () => {
    running = await starting;
  });
  await running?.stop(ending);
}
