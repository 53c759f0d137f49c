import { afterEach, describe, expect, it } from '@jest/globals';
import type { Dependencies } from '../../../src/reset/dependencies.ts';
import { createResetWorld, type Process, type ResetWorld, robin, said, sam } from '../../support/reset-world.ts';

const second = 1000;
const minute = 60 * second;

type Slow = 'look-up' | 'roster' | 'asking' | 'first hangs';

/** The world's lease lasts 45 seconds, and a look-up or the roster of a chat takes this long. */
const slow = 50 * second;

const never = new Promise<void>(() => undefined);

describe('work that takes longer than the lease', () => {
  let world: ResetWorld;
  let processes: readonly Process[];
  /** What takes long, from the press on. */
  let slows: Slow | undefined;

  /** Two instances over one database, and a request whose card is pressed at the first of them. */
  async function begin(what: Slow, policy: Parameters<typeof createResetWorld>[0] = {}) {
    slows = undefined;
    world = await createResetWorld({ ...policy, plant: slowDown });
    processes = ['first', 'second'].map((name) => world.boot(name));
    for (const { resets } of processes) resets.start();
    const [first] = processes;
    if (first === undefined) throw new Error('no process');
    const { id } = await world.ask(first);
    slows = what;
    const confirmed = first.resets.confirm(id, robin, said);
    await world.settle();
    return { id, first, confirmed };
  }

  function slowDown(dependencies: Dependencies, instance: string): Dependencies {
    const { directory, messages, clock } = dependencies;
    const wait = async (what: Slow): Promise<void> => {
      if (slows === 'first hangs' && instance === 'first') await never;
      if (slows === what) await new Promise<void>((resolve) => void clock.after(slow, resolve));
    };
    return {
      ...dependencies,
      directory: { ...directory, lookUp: (...asked) => wait('look-up').then(() => directory.lookUp(...asked)) },
      messages: {
        ...messages,
        findReaders: (request) => wait('roster').then(() => messages.findReaders(request)),
        sendApprovalCard: (...asked) => wait('asking').then(() => messages.sendApprovalCard(...asked)),
      },
    };
  }

  /** Every second, as polls come: a jump would end the leases of everybody at once. */
  async function pass(seconds: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += 1) {
      world.clock.advance(second);
      await world.settle();
    }
  }

  const count = (kind: string) => world.journal.filter((done) => done === kind).length;

  afterEach(async () => {
    expect(await world.readEverySink()).not.toContain('CANARY');
    expect([...world.partner.broken, ...world.chats.broken]).toStrictEqual([]);
    await world.close();
  });

  it('is done by the instance that began it, and the other one keeps away', async () => {
    const { id } = await begin('look-up');
    await pass(4 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered', takeOvers: 0 });
    expect(world.partner.tries).toHaveLength(1);
    expect([count('taken-over'), count('placeholder')]).toEqual([0, 1]);
    expect(count('lease-renewed')).toBeGreaterThanOrEqual(3);
    expect(world.alarms).toStrictEqual([]);
  });

  it('is done by one instance where a second person has approved', async () => {
    const approvers = [{ kind: 'person', objectId: sam.objectId }] as const;
    const { id, first } = await begin('look-up', { policy: { approval: 'always', approvers } });
    await pass(60);
    const { approval } = await world.stands(id);
    const chat = approval?.places[0]?.card?.conversation;
    if (chat === undefined) throw new Error('nobody was asked');
    void first.resets.decideApproval(id, sam, chat, 'approved');
    await pass(4 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered', takeOvers: 0 });
    expect([count('taken-over'), world.partner.tries.length]).toEqual([0, 1]);
  });

  it('asks a second person once, by the instance that began it, where a chat is slow', async () => {
    const approvers = [{ kind: 'person', objectId: sam.objectId }] as const;
    const { id } = await begin('asking', { policy: { approval: 'always', approvers } });
    await pass(3 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'awaiting-approval', takeOvers: 0 });
    expect([count('taken-over'), count('ask')]).toEqual([0, 1]);
  });

  it('goes to the other instance where the first one has died at it', async () => {
    const { id, first } = await begin('look-up');
    await pass(20);
    first.power.cut();
    await pass(5 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
    expect([count('taken-over'), world.partner.tries.length]).toEqual([1, 1]);
  });

  it('ends where the request has ended meanwhile, and its placeholder is taken back', async () => {
    const { id, first } = await begin('look-up');
    await pass(10);
    await first.resets.freeze(sam, undefined);
    await pass(2 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'frozen' } });
    expect(world.chats.shown()).toMatchObject([{ state: 'expired' }]);
    expect([count('lease-renewed'), world.partner.tries.length]).toEqual([0, 0]);
  });

  it('goes to the other instance in the end where it never ends', async () => {
    const { id } = await begin('first hangs');
    await pass(2 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'proposed', lease: { owner: 'first' } });
    await pass(3 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
    expect(world.partner.tries).toHaveLength(1);
  });

  it('goes on over a store that cannot renew the lease for a while', async () => {
    const { id, first } = await begin('look-up');
    first.power.failSteps('lease-renewed');
    await pass(20);
    first.power.failSteps();
    await pass(4 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered', takeOvers: 0 });
    expect([count('taken-over'), world.partner.tries.length]).toEqual([0, 1]);
  });

  it('is done by one instance where the roster of the chat is slow', async () => {
    const { id } = await begin('roster');
    await pass(2 * 60);
    expect(await world.stands(id)).toMatchObject({ state: 'delivered' });
    expect(world.chats.delivered).toHaveLength(1);
    expect(count('taken-over')).toBe(0);
  });
});

describe('a process that slept between the roster of the chat and the password', () => {
  it('puts nothing once another one has delivered and hidden it', async () => {
    const { promise: asleep, resolve: wake } = Promise.withResolvers<undefined>();
    let isFirst = true;
    const world = await createResetWorld({
      plant: (dependencies, instance) => {
        if (instance !== 'first') return dependencies;
        const { messages } = dependencies;
        return {
          ...dependencies,
          messages: {
            ...messages,
            async findReaders(request) {
              if (isFirst) {
                isFirst = false;
                await asleep;
              }
              return messages.findReaders(request);
            },
          },
        };
      },
    });
    const first = world.boot('first');
    const { id } = await world.ask(first);
    void first.resets.confirm(id, robin, said);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivering');
    world.boot('second').resets.start();
    await world.pass(25 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'hidden' });
    const puts = world.chats.delivered.length;
    wake(undefined);
    await world.settle();
    expect(world.chats.delivered).toHaveLength(puts);
    expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
    expect(await world.stands(id)).toMatchObject({ state: 'hidden', heldBy: [] });
    await world.close();
  });
});

describe('a process that slept between its last look at the lease and the bytes of a password', () => {
  /** The first one sleeps in its first put of a password, which another one overtakes, and dies once the bytes are out. */
  async function putLate(sleeping: number, given: Parameters<typeof createResetWorld>[0] = {}) {
    const { promise: asleep, resolve: wake } = Promise.withResolvers<undefined>();
    let isAwaited = true;
    const world = await createResetWorld({
      ...given,
      plant: (dependencies, instance) => {
        if (instance !== 'first') return dependencies;
        const { messages } = dependencies;
        return {
          ...dependencies,
          messages: {
            ...messages,
            async updateDirectMessage(request, password, pass) {
              if (!isAwaited || password === undefined) return messages.updateDirectMessage(request, password, pass);
              isAwaited = false;
              await asleep;
              world.chats.putLate(request, password);
              return never.then(() => ({ kind: 'done' }));
            },
          },
        };
      },
    });
    const first = world.boot('first');
    const { id } = await world.ask(first);
    void first.resets.confirm(id, robin, said);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivering');
    world.boot('second').resets.start();
    await world.pass(sleeping);
    expect(await world.stands(id)).toMatchObject({ state: 'hidden', heldBy: [] });
    expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
    wake(undefined);
    await world.settle();
    expect(JSON.stringify(world.chats.shown())).toContain('CANARY');
    first.power.cut();
    return { world, id };
  }

  it.each([18, 25, 60, 300])('is hidden by the others, though it slept for %i minutes', async (minutes) => {
    const { world, id } = await putLate(minutes * minute);
    await world.pass(9 * 60 * minute);
    expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
    await world.pass(12 * 60 * minute);
    expect(await world.stands(id)).toMatchObject({ state: 'hidden', heldBy: [], dueAt: undefined });
    await world.close();
  });

  it('is hidden within half an hour where it slept for no longer than the password is shown', async () => {
    const { world } = await putLate(18 * minute);
    await world.pass(30 * minute);
    expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
    await world.close();
  });

  it('is hidden again until the chat takes it', async () => {
    const { world, id } = await putLate(18 * minute);
    world.chats.nextPuts('try-again', 'refused', 'try-again');
    await world.pass(60 * minute);
    expect(JSON.stringify(world.chats.shown())).not.toContain('CANARY');
    expect(await world.stands(id)).toMatchObject({ state: 'hidden', heldBy: [] });
    await world.close();
  });
});

it('a password that one instance alone delivers is hidden once', async () => {
  const world = await createResetWorld();
  const first = world.boot('first');
  first.resets.start();
  const { id } = await world.ask(first);
  void first.resets.confirm(id, robin, said);
  await world.pass(20 * 60 * minute);
  expect(await world.stands(id)).toMatchObject({ state: 'hidden', dueAt: undefined });
  expect(await world.stands(id)).not.toHaveProperty('latePut');
  expect(world.journal.filter((done) => done === 'hidden')).toHaveLength(1);
  await world.close();
});
