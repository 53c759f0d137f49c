import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../../../src/reset/policy/policy.ts';
import { createResetWorld, type Process, type ResetWorld, robin, said } from '../../../support/reset-world.ts';

const minute = 60_000;

const desk = 'de500000-0000-4000-8000-00000000000c';

const group: Principal = { kind: 'group', objectId: desk };

let world: ResetWorld;

let process: Process;

beforeEach(async () => {
  world = await createResetWorld({ policy: { technicians: [group] } });
  world.groups.put(robin.objectId, [desk]);
  process = world.boot('first');
  process.resets.start();
});

afterEach(async () => {
  expect(await world.readEverySink()).not.toContain('CANARY');
  await world.close();
});

/** A reset whose password was set, and could not be put into its message at first. */
async function resetWithoutPut() {
  const { id } = await world.ask(process);
  world.chats.nextPuts('refused', 'refused', 'refused');
  await process.resets.confirm(id, robin, said);
  await world.settle();
  expect((await world.stands(id)).state).toBe('delivering');
  return id;
}

const entriesOf = async (kind: string) => (await world.readTrail()).filter((record) => record.kind === kind);

const passwordsShown = (): number => world.chats.delivered.length;

describe('a right that ends before the delivery', () => {
  it('ends the delivery: the password is erased, the requester is told, and it alarms', async () => {
    const id = await resetWithoutPut();
    world.change({ technicians: [] });
    await world.pass(10 * minute);
    const request = await world.stands(id);
    expect(request).toMatchObject({ state: 'hidden', sealedPassword: undefined, deliveredAt: undefined });
    expect(passwordsShown()).toBe(0);
    expect(world.chats.said).toContain(id);
    expect(world.alarms).toMatchObject([{ kind: 'given-up', why: 'right-ended', technician: robin.objectId }]);
    expect(await entriesOf('given-up')).toMatchObject([{ requestId: id, facts: { why: 'right-ended' } }]);
    // The user is free for another reset.
    world.change({ technicians: [group] });
    expect((await world.ask(process)).state).toBe('proposed');
  });

  it('ends it at the first put as well, and nothing is promised in the message any more', async () => {
    const { id } = await world.ask(process);
    process.power.onStep('delivery-begun', () => {
      world.change({ technicians: [] });
    });
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect((await world.stands(id)).state).toBe('hidden');
    expect(passwordsShown()).toBe(0);
    expect(world.chats.shown()).toMatchObject([{ state: 'hidden', password: undefined }]);
  });

  it('hides what may stand in the message all the same', async () => {
    const { id } = await world.ask(process);
    world.chats.nextPuts('done-unanswered');
    await process.resets.confirm(id, robin, said);
    await world.settle();
    world.change({ technicians: [] });
    await world.pass(2 * minute);
    expect((await world.stands(id)).state).toBe('hidden');
    expect(world.chats.shown()).toMatchObject([{ password: undefined }]);
  });

  it('is waited for where it cannot be read, and the password arrives once it can', async () => {
    const id = await resetWithoutPut();
    world.chats.nextPuts(...Array.from({ length: 10 }, () => 'refused' as const));
    await world.pass(2 * minute);
    world.groups.answer('unknown');
    world.chats.clearFaults();
    await world.pass(10 * minute);
    expect((await world.stands(id)).state).toBe('delivering');
    expect(passwordsShown()).toBe(0);
    expect(await entriesOf('delivery-put-off')).toContainEqual(
      expect.objectContaining({ facts: expect.objectContaining({ why: 'groups-unknown' }) }),
    );
    world.groups.answer('well');
    await world.pass(10 * minute);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(passwordsShown()).toBe(1);
  });
});

describe('the chat of the direct message', () => {
  it('is asked for its members before each put', async () => {
    const { id } = await world.ask(process);
    world.chats.nextPuts('try-again');
    await process.resets.confirm(id, robin, said);
    await world.settle();
    await world.pass(minute);
    expect((await world.stands(id)).state).toBe('delivered');
    const order = world.journal.filter((entry) => entry === 'readers' || entry === 'put password');
    expect(order).toStrictEqual(['readers', 'put password', 'readers', 'put password']);
  });

  it('gets no password where it holds somebody else; it is erased, and it alarms', async () => {
    const { id } = await world.ask(process);
    world.chats.nextReaders('others');
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect((await world.stands(id)).state).toBe('hidden');
    expect(passwordsShown()).toBe(0);
    expect(world.alarms).toMatchObject([{ kind: 'given-up', why: 'not-alone' }]);
    expect(world.chats.said).toContain(id);
  });

  it('gets it later where the roster does not answer, and nobody is told in vain', async () => {
    const { id } = await world.ask(process);
    world.chats.nextReaders('try-again');
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect(await world.stands(id)).toMatchObject({ state: 'delivering', heldBy: [] });
    await world.pass(minute);
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.chats.said).toStrictEqual([]);
  });

  it('is replaced where it is gone', async () => {
    const { id } = await world.ask(process);
    world.chats.nextReaders('gone');
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
    expect(world.chats.shown()).toHaveLength(2);
  });
});
