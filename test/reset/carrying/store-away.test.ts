import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askedIn, createResetWorld, robin, said, type Process, type ResetWorld } from '../../support/reset-world.ts';

const second = 1000;
const minute = 60 * second;

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

  const expectNoPasswords = () => {
    expect(world.chats.shown().map((message) => message?.password)).toStrictEqual(
      world.chats.shown().map(() => undefined),
    );
  };

  it('hides the first message too when the password was put there, that could not be written down, and it is then said to be gone', async () => {
    process.power.failSteps('delivered');
    const id = await press();
    process.power.failSteps();
    world.chats.nextPuts('seems-gone');
    await world.pass(60 * second);
    await world.pass(60 * minute);
    expect((await world.stands(id)).state).toBe('hidden');
    expectNoPasswords();
  });

  it('hides the first message too when nobody heard whether the password was put there, nor could write that down', async () => {
    process.power.failSteps('delivery-put-off');
    world.chats.nextPuts('done-unanswered');
    const id = await press();
    process.power.failSteps();
    world.chats.nextPuts('seems-gone');
    await world.pass(90 * minute);
    expect((await world.stands(id)).state).toBe('hidden');
    expectNoPasswords();
  });

  it('hides the message when the reset is closed after a password was put there and that could not be written down', async () => {
    process.power.failSteps('delivered');
    const id = await press();
    process.power.failSteps();
    world.chats.nextPuts(...Array.from({ length: 8 }, () => 'refused' as const));
    await world.pass(60 * second);
    const { correlationId, heldBy } = await world.stands(id);
    expect(heldBy).toHaveLength(1);
    expect(await process.resets.close(robin, correlationId)).toMatchObject({ kind: 'closed' });
    await world.pass(30 * minute);
    expect((await world.stands(id)).state).toBe('hidden');
    expectNoPasswords();
  });

  it.each([
    ['one placeholder', 'message-opened', 'placeholder'],
    ['one message that it cannot be delivered', 'delivery-put-off', 'say undelivered'],
  ])('posts %s while nothing can be written', async (_what, step, said) => {
    process.power.failSteps(step, 'taken-over');
    if (step === 'delivery-put-off') world.chats.nextPuts(...Array.from({ length: 100 }, () => 'refused' as const));
    await press();
    await world.pass(10 * minute);
    const posted = said === 'placeholder' ? world.journal.filter((line) => line === said) : world.chats.said;
    expect(posted).toHaveLength(1);
  });

  it('asks once for an approval while nothing can be written', async () => {
    const strict = await createResetWorld({ policy: { approval: 'always' } });
    const other = strict.boot('first');
    other.resets.start();
    const { id } = await strict.ask(other, robin, { ...askedIn, id: '19:group', kind: 'group-chat' });
    other.power.failSteps('approval-asked', 'taken-over');
    const confirmed = await other.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done.catch(() => undefined);
    await strict.pass(10 * minute);
    expect(strict.journal.filter((line) => line === 'ask')).toHaveLength(1);
    await strict.close();
  });

  it('begins no late put that could meet what another process has done since', async () => {
    process.power.failSteps('delivered');
    const id = await press();
    const delivered = world.chats.delivered.length;
    await world.pass(16 * second);
    const within = world.chats.delivered.length;
    expect(within).toBeGreaterThan(delivered);
    await world.pass(28 * second);
    expect(world.chats.delivered).toHaveLength(within);
    process.power.failSteps();
    await world.pass(60 * second);
    expect((await world.stands(id)).state).toBe('delivered');
  });

  it('goes on soon with a press of which nobody heard that it was written down', async () => {
    const { id } = await world.ask(process);
    process.power.loseAnswerOf('confirmed');
    await expect(process.resets.confirm(id, robin, said)).rejects.toThrow('an answer that was lost');
    await world.pass(3 * second);
    expect((await world.stands(id)).state).toBe('delivered');
  });
});
