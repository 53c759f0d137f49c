import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askedIn, createResetWorld, type Process, type ResetWorld, robin, said } from '../../support/reset-world.ts';
import { closeUnbroken, startResetWorld } from '../../support/started-world.ts';

const second = 1000;
const minute = 60 * second;

describe('a reset that nobody waits for any more, or that gets nowhere', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(() => closeUnbroken(world));

  const press = async () => {
    const { id } = await world.ask(process);
    // Its process may die of it, or fail: no one waits for the answer.
    void process.resets
      .confirm(id, robin, said)
      .then((confirmed) => (confirmed.kind === 'begun' ? confirmed.done : undefined))
      .catch(() => undefined);
    await world.settle();
    return id;
  };

  const goOnAfter = async (minutes: number) => {
    process.power.cut();
    await world.settle();
    world.clock.advance(minutes * minute);
    process = world.boot('second');
    process.resets.start();
    await world.pass(3 * second);
  };

  it.each(['confirmed', 'approved', 'message-opened'])(
    'is refused when an hour has passed since it was %s and nothing was sent',
    async (step) => {
      process.power.onStep(step, () => {
        process.power.cut();
      });
      const id = await press();
      await goOnAfter(61);
      expect(await world.stands(id)).toMatchObject({
        state: 'refused',
        refusal: { kind: 'too-old' },
        sealedPassword: undefined,
      });
      expect(world.partner.tries).toHaveLength(0);
      expect(world.chats.shownCards()).toMatchObject([{ state: 'refused' }]);
    },
  );

  it.each(['confirmed', 'approved', 'message-opened', 'sealed'])(
    'goes on when less than an hour has passed since it was %s',
    async (step) => {
      process.power.onStep(step, () => {
        process.power.cut();
      });
      const id = await press();
      await goOnAfter(59);
      expect((await world.stands(id)).state).toBe('delivered');
    },
  );

  it('goes on however late when it may have been sent', async () => {
    world.partner.next({ until: new Promise(() => undefined) });
    const id = await press();
    await goOnAfter(5 * 60);
    await world.pass(60 * second);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered', attention: { kind: 'unclear' } });
    expect(world.partner.tries).toHaveLength(1);
  });

  it('is refused, with an alarm, when no password can be made, again and again', async () => {
    world.breakPasswords();
    const id = await press();
    await world.pass(50 * minute);
    expect(await world.stands(id)).toMatchObject({
      state: 'refused',
      refusal: { kind: 'no-progress' },
      lease: undefined,
    });
    const failures = world.logged.filter((line) => line.includes('carry-out-failed')).length;
    expect(failures).toBeGreaterThan(10);
    expect(failures).toBeLessThan(20);
    expect(world.alarms).toMatchObject([{ kind: 'given-up', why: 'no-progress' }]);
    expect(world.chats.shownCards()).toMatchObject([{ state: 'refused' }]);
  });

  it('is for a person when Partner Center’s port fails every time, since something may have been sent', async () => {
    world.partner.next(...Array<'throws'>(20).fill('throws'));
    const id = await press();
    await world.pass(15 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered', attention: { kind: 'unclear' } });
    expect(world.partner.tries.length).toBeLessThanOrEqual(8);
  });

  it('counts take-overs afresh after each step, so that many deaths on a long way do not end it', async () => {
    for (const step of ['confirmed', 'approved', 'message-opened', 'sealed']) {
      process.power.onStep(step, () => {
        process.power.cut();
      });
      if (step === 'confirmed') await press();
      else await world.pass(50 * second);
      process = world.boot(`after ${step}`);
      process.resets.start();
    }
    await world.pass(50 * second);
    expect((await world.readTrail()).map(({ kind }) => kind)).toContain('delivered');
  });

  it('is asked less and less often to hide while that cannot be written down, and hidden once it can', async () => {
    const id = await press();
    process.power.failSteps('hidden');
    await world.pass(14 * minute + 59 * second);
    const before = world.journal.length;
    await world.pass(20 * minute);
    const attempts = world.journal.slice(before).filter((what) => what === 'put message').length;
    expect(attempts).toBeGreaterThan(5);
    expect(attempts).toBeLessThan(16);
    process.power.failSteps();
    await world.pass(6 * minute);
    expect((await world.stands(id)).state).toBe('hidden');
  });

  it('waits for nobody else’s trouble: another one is hidden on time meanwhile', async () => {
    await press();
    process.power.failSteps('hidden');
    await world.pass(16 * minute);
    process.power.failSteps();
    const id = await press();
    await process.resets.acknowledge(id, robin);
    expect((await world.stands(id)).state).toBe('hidden');
  });
});

describe('a store that is away for a moment', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(() => closeUnbroken(world));

  const press = async () => {
    const { id } = await world.ask(process);
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') await confirmed.done.catch(() => undefined);
    return id;
  };

  it.each(['approved', 'message-opened', 'sealed', 'try-started', 'delivered', 'card-answered'])(
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
