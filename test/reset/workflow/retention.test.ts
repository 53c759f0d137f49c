import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Process, type ResetWorld, robin, sam, askedIn, said } from '../../support/reset-world.ts';
import { startResetWorld } from '../../support/started-world.ts';

const day = 24 * 60 * 60_000;

const minute = 60_000;

let world: ResetWorld;
let process: Process;

beforeEach(async () => {
  ({ world, process } = await startResetWorld());
});
afterEach(() => world.close());

/** Lets days go by, with a poll at their end. */
async function passDays(days: number): Promise<void> {
  world.clock.advance(days * day);
  await world.settle();
  await world.pass(3000);
}

describe('what is over', () => {
  it('is removed after the retention and not before; the trail keeps all of it, and says that it was removed', async () => {
    const { id } = await world.ask(process);
    await process.resets.cancel(id, robin);
    await world.pass(2000);
    const before = await world.readTrail();
    await passDays(399);
    expect((await world.stands(id)).state).toBe('cancelled');
    await passDays(2);
    expect(await world.resets.find(id)).toBeUndefined();
    const trail = await world.readTrail();
    expect(trail.slice(0, before.length)).toStrictEqual(before);
    expect(trail.at(-1)).toMatchObject({ kind: 'row-removed', actor: 'locksmith', requestId: id });
  });

  it('counts from its end, and what is not over stays', async () => {
    const { id } = await world.ask(process);
    world.chats.nextPuts(...Array.from({ length: 40 }, () => 'refused' as const));
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivering');
    process.power.cut();
    await passDays(500);
    expect((await world.stands(id)).state).toBe('delivering');
  });

  it('is true of people who have not written for so long, and of no others', async () => {
    const now = world.clock.now();
    await world.contacts.keep({ person: robin, wroteIn: askedIn, seenAt: now });
    await world.contacts.keep({ person: sam, wroteIn: askedIn, seenAt: now + 10 * day });
    await passDays(401);
    expect(await world.contacts.find(robin.objectId, robin.tenantId)).toBeUndefined();
    expect(await world.contacts.find(sam.objectId, sam.tenantId)).toBeDefined();
  });
});

describe('the removal of what is over', () => {
  /** Another world, in which the hourly look at the contacts goes so. */
  async function boot(verify: () => Promise<number>): Promise<void> {
    await world.close();
    ({ world, process } = await startResetWorld({
      plant: (dependencies) => ({ ...dependencies, contacts: { ...dependencies.contacts, verify } }),
    }));
  }

  it('keeps nothing waiting: a password is hidden while it runs', async () => {
    await boot(() => new Promise<never>(() => undefined));
    const { id } = await world.ask(process);
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done;
    await world.pass(16 * minute);
    expect((await world.stands(id)).state).toBe('hidden');
  });

  it('is tried again an hour after it has failed, and not before', async () => {
    let looks = 0;
    await boot(() => {
      looks += 1;
      return Promise.reject(new Error('a store that cannot read'));
    });
    await world.pass(59 * minute);
    expect(looks).toBe(1);
    expect(world.logged.filter((line) => line.includes('removal-failed'))).toHaveLength(1);
    await world.pass(2 * minute);
    expect(looks).toBe(2);
  });
});
