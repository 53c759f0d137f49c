import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  askedIn,
  createResetWorld,
  robin,
  said,
  sam,
  stranger,
  type Process,
  type ResetWorld,
} from '../../support/reset-world.ts';

describe('a password that waits because the person does not let the bot write', () => {
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

  const resetWhileBlocked = async (refusals: number) => {
    const { id } = await world.ask(process);
    world.chats.nextPuts(...Array<'refused'>(refusals).fill('refused'));
    await process.resets.confirm(id, robin, said);
    await world.pass(40_000);
    expect((await world.stands(id)).state).toBe('delivering');
    return id;
  };

  it('is delivered as soon as they write, not when its next try is due', async () => {
    const id = await resetWhileBlocked(6);
    process.resets.wroteToBot(robin, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.chats.shown()).toMatchObject([{ password: world.partner.passwordInForce }]);
    expect(world.partner.tries).toHaveLength(1);
  });

  it('waits on when somebody else writes, or somebody of another tenant', async () => {
    const id = await resetWhileBlocked(6);
    process.resets.wroteToBot(sam, askedIn);
    process.resets.wroteToBot(stranger, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivering');
  });

  it('waits on, and is tried again, when they write and the bot is still blocked', async () => {
    const id = await resetWhileBlocked(7);
    process.resets.wroteToBot(robin, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivering');
    process.resets.wroteToBot(robin, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.chats.said).toStrictEqual([id]);
  });

  it('is put once when they write many times at once', async () => {
    const id = await resetWhileBlocked(6);
    const before = world.journal.length;
    for (let time = 0; time < 20; time += 1) process.resets.wroteToBot(robin, askedIn);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.journal.slice(before).filter((kind) => kind === 'delivered')).toHaveLength(1);
    expect(world.journal.slice(before).filter((kind) => kind === 'taken-over')).toHaveLength(1);
  });

  it('is delivered before the bot stops when they wrote just then', async () => {
    const id = await resetWhileBlocked(6);
    process.resets.wroteToBot(robin, askedIn);
    await process.resets.stop();
    expect((await world.stands(id)).state).toBe('delivered');
  });
});
