import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createResetWorld, robin, said, type Process, type ResetWorld } from '../../support/reset-world.ts';

const second = 1000;

describe('a store that is away for a moment', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld();
    process = world.boot('first');
    process.resets.start();
  });

  afterEach(async () => {
    expect(await world.readEverySink()).not.toContain('CANARY');
    expect(world.partner.broken).toStrictEqual([]);
    expect(world.chats.broken).toStrictEqual([]);
    await world.close();
  });

  const press = async () => {
    const { id } = await world.ask(process);
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done.catch(() => undefined);
    return id;
  };

  it.each(['approved', 'message-opened', 'sealed', 'try-started', 'delivery-begun', 'delivered', 'card-answered'])(
    'keeps nobody waiting for a lease when “%s” could not be written down',
    async (step) => {
      process.power.failSteps(step);
      const id = await press();
      expect((await world.readTrail()).map(({ kind }) => kind)).not.toContain(step);
      process.power.failSteps();
      await world.pass(3 * second);
      expect(await world.stands(id)).toMatchObject({ state: 'delivered', cardIsOwed: false, takeOvers: 0 });
      expect(world.partner.tries).toHaveLength(1);
      expect((await world.readTrail()).map(({ kind }) => kind)).not.toContain('taken-over');
    },
  );

  it('sends nothing again before a try has had its time, when its answer could not be written down', async () => {
    process.power.failSteps('try-ended');
    const id = await press();
    process.power.failSteps();
    await world.pass(30 * second);
    expect((await world.stands(id)).state).toBe('resetting');
    expect(world.partner.tries).toHaveLength(1);
    await world.pass(20 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(new Set(world.partner.tries.map(({ password }) => password)).size).toBe(1);
  });

  it('lets another process go on where the lease has ended meanwhile, and does nothing beside it', async () => {
    process.power.failSteps('delivered');
    const id = await press();
    const other = world.boot('second');
    other.resets.start();
    await world.pass(46 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    process.power.failSteps();
    const before = world.journal.length;
    await world.pass(60 * second);
    expect(world.journal.slice(before)).toStrictEqual([]);
  });
});
