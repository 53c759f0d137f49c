import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askedIn, createResetWorld, type Process, type ResetWorld, robin, sam } from '../../support/reset-world.ts';

describe('a typed command', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld();
    process = world.boot('first');
  });
  afterEach(() => world.close());

  const thaw = { technician: robin, conversation: askedIn, activityId: 'f:thaw', typed: 'thaw' };

  it('is taken once, by whichever process gets it first', async () => {
    await expect(process.resets.wasTaken(thaw)).resolves.toBe(false);
    const other = world.boot('second');
    const taken = await Promise.all([process, other, process].map(({ resets }) => resets.takeCommand(thaw)));
    expect(taken.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
    await expect(other.resets.wasTaken(thaw)).resolves.toBe(true);
    await expect(other.resets.takeCommand(thaw)).resolves.toEqual({ kind: 'answered-before' });
  });

  it('knows when the same person said the same here, for two minutes', async () => {
    const at = world.clock.now();
    await process.resets.takeCommand(thaw);
    world.clock.advance(60_000);
    const again = { ...thaw, activityId: 'f:again' };
    await expect(process.resets.takeCommand(again)).resolves.toEqual({ kind: 'taken', saidBefore: at });
    for (const other of [
      { ...again, activityId: 'f:words', typed: 'thaw Contoso' },
      { ...again, activityId: 'f:person', technician: sam },
      { ...again, activityId: 'f:chat', conversation: { ...askedIn, id: 'a:elsewhere' } },
    ])
      await expect(process.resets.takeCommand(other)).resolves.toEqual({ kind: 'taken', saidBefore: undefined });
    world.clock.advance(2 * 60_000);
    await expect(process.resets.takeCommand({ ...thaw, activityId: 'f:late' })).resolves.toEqual({
      kind: 'taken',
      saidBefore: undefined,
    });
  });
});
