import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createResetWorld, robin, said, type Process, type ResetWorld } from '../../support/reset-world.ts';

const second = 1000;
const minute = 60 * second;

describe('a reset that nobody waits for any more, or that gets nowhere', () => {
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
    // Its process may die of it, or fail: nobody waits for the answer.
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

  it.each(['confirmed', 'approved', 'message-opened', 'sealed'])(
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
    await process.resets.passOn(id, robin);
    expect((await world.stands(id)).state).toBe('hidden');
  });
});
