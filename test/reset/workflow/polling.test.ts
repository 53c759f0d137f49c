import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TryFault } from '../../support/pretend-partner.ts';
import { createResetWorld, type Process, type ResetWorld, robin, said } from '../../support/reset-world.ts';
import { closeUnbroken, startResetWorld } from '../../support/started-world.ts';

const second = 1000;

const never = new Promise<void>(() => undefined);

describe('stopping while a reset is under way', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    ({ world, process } = await startResetWorld());
  });

  afterEach(() => closeUnbroken(world));

  const begin = async () => {
    const { id } = await world.ask(process);
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind === 'begun') confirmed.done.catch(() => undefined);
    await world.settle();
    return id;
  };

  /** Says after how many seconds it had stopped. */
  const stop = async (): Promise<number> => {
    let stopped = false;
    void process.resets.stop().then(() => (stopped = true));
    for (let seconds = 0; seconds <= 10; seconds += 1) {
      await world.settle();
      if (stopped) return seconds;
      await world.pass(second);
    }
    return Infinity;
  };

  it('waits for what is done in a moment, and hands nothing over', async () => {
    let answer = (): void => undefined;
    world.partner.next({ until: new Promise((resolve) => (answer = resolve)) });
    const id = await begin();
    const stopped = stop();
    await world.settle();
    answer();
    expect(await stopped).toBeLessThan(4);
    expect((await world.stands(id)).state).toBe('delivered');
    expect((await world.readTrail()).map(({ kind }) => kind)).not.toContain('handed-over');
  });

  it('gives up a PATCH that hangs, which then counts as unclear, and another sends the same password', async () => {
    world.partner.next({ until: never });
    const id = await begin();
    expect(await stop()).toBeLessThan(6);
    expect(await world.stands(id)).toMatchObject({
      state: 'sealed',
      lease: undefined,
      tries: [{ outcome: 'unknown' }],
    });
    world.boot('second').resets.start();
    await world.pass(5 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.partner.tries).toHaveLength(2);
    expect(new Set(world.partner.tries.map(({ password }) => password)).size).toBe(1);
    expect(new Set(world.partner.tries.map(({ operationId }) => operationId)).size).toBe(1);
  });

  it('leaves a message that hangs to whoever comes when its lease has ended, and is over within eight seconds', async () => {
    world.chats.nextPuts({ until: never });
    const id = await begin();
    expect(await stop()).toBeLessThan(10);
    expect((await world.stands(id)).state).toBe('delivering');
    world.boot('second').resets.start();
    await world.pass(50 * second);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.partner.tries).toHaveLength(1);
  });

  it('begins nothing that is pressed after the end has begun, and hands it over at once', async () => {
    const { id } = await world.ask(process);
    void process.resets.stop();
    await world.pass(5 * second);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect(await world.stands(id)).toMatchObject({ state: 'proposed', lease: undefined });
    expect((await world.readTrail()).at(-1)?.kind).toBe('handed-over');
    world.boot('second').resets.start();
    await world.pass(2 * second);
    expect((await world.stands(id)).state).toBe('delivered');
  });
});

type Death = { readonly call: number; readonly when: 'before' | 'after' };

type Course = { readonly faults: readonly TryFault[]; readonly delivery: 'message' | 'reveal' };

/**
 * Kills the first process at one of its calls to the outside after the card was shown, lets another take over when the
 * lease has ended, and presses the button there once more, as a technician would. Gives how many calls there were.
 */
async function resetDyingAt(death: Death | undefined, { faults, delivery }: Course): Promise<number> {
  const world = await createResetWorld({ delivery });
  try {
    const first = world.boot('first');
    const { id } = await world.ask(first);
    const shown = first.power.calls;
    if (death) first.power.cutAt(shown + death.call, death.when);
    world.partner.next(...faults);
    void first.resets.confirm(id, robin, said);
    await world.settle();
    const calls = first.power.calls - shown;
    first.power.cut();

    const other = world.boot('second');
    other.resets.start();
    await world.pass(2 * second);
    void other.resets.confirm(id, robin, said);
    await world.pass(55 * second);
    await expectOnePassword(world, id, delivery);
    await other.resets.acknowledge(id, robin);
    await world.pass(2 * second);
    const request = await world.stands(id);
    // A password that the dead process may have put is hidden again later.
    const dueAt = request.latePut?.hideAgainAt;
    expect(request).toMatchObject({ state: 'hidden', sealedPassword: undefined, cardIsOwed: false, dueAt });
    expect(world.chats.shown().every((message) => message?.password === undefined)).toBe(true);
    expect(world.chats.shownCards().at(-1)?.state).toMatch(/^(delivered|hidden)$/);
    const trail = (await world.readTrail()).filter((record) => record.requestId === id);
    expect(trail.length).toBe(request.version);
    expect(await world.readEverySink()).not.toContain('CANARY');
    return calls;
  } finally {
    await world.close();
  }
}

async function expectOnePassword(
  world: ResetWorld,
  id: Parameters<ResetWorld['stands']>[0],
  delivery: Course['delivery'],
): Promise<void> {
  expect((await world.stands(id)).state).toBe('delivered');
  const { tries, passwordInForce } = world.partner;
  expect([...new Set(tries.map((one) => one.password))]).toStrictEqual([passwordInForce]);
  expect(new Set(tries.map((one) => one.operationId)).size).toBe(1);
  expect(world.partner.broken).toStrictEqual([]);
  expect(world.chats.broken).toStrictEqual([]);
  expect(world.journal.lastIndexOf('PATCH')).toBeLessThan(world.journal.indexOf('delivery-begun'));
  if (delivery === 'message') {
    expect(new Set(world.chats.delivered)).toStrictEqual(new Set([passwordInForce]));
    expect(world.chats.shown().at(-1)?.password).toBe(passwordInForce);
  } else {
    expect(world.chats.delivered).toStrictEqual([]);
    const seen = await world.boot('third').resets.reveal(id, robin);
    if (seen.kind !== 'revealed') throw new Error(seen.kind);
    expect(seen.password.reveal((value) => value === passwordInForce)).toBe(true);
  }
}

describe.each<[string, Course]>([
  ['in which all goes well', { faults: [], delivery: 'message' }],
  ['in which the first answer is lost', { faults: ['applied-unanswered'], delivery: 'message' }],
  ['in which a refusal follows a lost answer', { faults: ['applied-unanswered', 'refused'], delivery: 'message' }],
  ['that waits for a button', { faults: [], delivery: 'reveal' }],
])('a reset %s', (_what, course) => {
  it.each(['before', 'after'] as const)(
    'loses no password and makes no second one when its process dies %s any call to the outside',
    async (when) => {
      const calls = await resetDyingAt(undefined, course);
      expect(calls).toBeGreaterThan(9);
      for (let call = 1; call <= calls; call += 1) await resetDyingAt({ call, when }, course);
    },
  );
});

describe('a process that a port fails under', () => {
  // A try that was written down has to be over before anybody may send another one; the rest goes on within its lease.
  it.each([
    ['partner', 50],
    ['placeholder', 3],
    ['password', 3],
    ['card', 3],
  ] as const)('goes on when what failed was the %s, within %i seconds', async (what, seconds) => {
    const world = await createResetWorld();
    const process = world.boot('first');
    process.resets.start();
    const { id } = await world.ask(process);
    if (what === 'partner') world.partner.next('throws');
    if (what === 'placeholder') world.chats.nextOpenings('throws');
    if (what === 'password') world.chats.nextPuts('throws');
    if (what === 'card') world.chats.nextCards('throws');
    const confirmed = await process.resets.confirm(id, robin, said);
    if (confirmed.kind !== 'begun') throw new Error(confirmed.kind);
    await expect(confirmed.done).rejects.toThrow('a defect');
    await world.pass(seconds * second);
    await expectOnePassword(world, id, 'message');
    expect(world.logged.filter((line) => line.includes('carry-out-failed'))).toHaveLength(1);
    await world.close();
  });
});
