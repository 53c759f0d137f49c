import { expect } from '@jest/globals';
import { createResetWorld, type Process, type ResetWorld } from './reset-world.ts';

/** A world with one process in it that runs. */
export async function startResetWorld(
  given: Parameters<typeof createResetWorld>[0] = {},
): Promise<{ world: ResetWorld; process: Process }> {
  const world = await createResetWorld(given);
  const process = world.boot('first');
  process.resets.start();
  return { world, process };
}

/** Closes a world, in which no password is left anywhere and no rule of Partner Center or the chats was broken. */
export async function closeUnbroken(world: ResetWorld): Promise<void> {
  expect(await world.readEverySink()).not.toContain('CANARY');
  expect(world.partner.broken).toStrictEqual([]);
  expect(world.chats.broken).toStrictEqual([]);
  await world.close();
}
