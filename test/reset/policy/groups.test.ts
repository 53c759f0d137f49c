import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { askedIn, createResetWorld, robin, said, type Process, type ResetWorld } from '../../support/reset-world.ts';

const desk = 'de500000-0000-4000-8000-00000000000a';
const byGroup: Partial<Policy> = { technicians: [{ kind: 'group', objectId: desk }] };
const minute = 60_000;

describe('a technician by a group', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld({ delivery: 'reveal' });
    process = world.boot('first');
    process.resets.start();
    world.groups.put(robin.objectId, [desk]);
  });

  afterEach(async () => {
    expect(world.partner.broken).toStrictEqual([]);
    await world.close();
  });

  const propose = (activityId = 'f:1') =>
    process.resets.propose({
      technician: robin,
      conversation: askedIn,
      activityId,
      readings: [{ user: 'Ann Lee', customer: 'Contoso Bikes' }],
    });
  /** Asked while everybody may; from then on only the group may. */
  const ask = async () => {
    world.change({ technicians: [{ kind: 'everyone' }] });
    const request = await world.ask(process);
    world.change(byGroup);
    return request;
  };
  const confirm = async () => {
    const { id } = await ask();
    const confirmation = await process.resets.confirm(id, robin, said);
    if (confirmation.kind === 'begun') await confirmation.done;
    await world.settle();
    return id;
  };

  it('resets, and sees the password', async () => {
    const id = await confirm();
    expect((await world.stands(id)).state).toBe('delivered');
    await expect(process.resets.reveal(id, robin)).resolves.toMatchObject({ kind: 'revealed' });
  });

  it('is nobody to propose for when they are in another group', async () => {
    world.change(byGroup);
    world.groups.put(robin.objectId, ['de500000-0000-4000-8000-00000000000b']);
    await expect(propose()).resolves.toStrictEqual({ kind: 'not-a-technician' });
  });

  it.each(['unknown', 'throws'] as const)(
    'is nobody to propose for when the groups are %s, and the trail says which it was',
    async (how) => {
      world.change(byGroup);
      world.groups.answer(how);
      await expect(propose()).resolves.toStrictEqual({ kind: 'groups-unknown' });
      expect((await world.readTrail()).at(-1)).toMatchObject({
        kind: 'question-refused',
        facts: { reason: 'groups-unknown' },
      });
    },
  );

  it('is proposed for', async () => {
    world.change(byGroup);
    await expect(propose()).resolves.toMatchObject({ kind: 'proposed' });
  });

  it('who was taken out of it meanwhile is refused at the press', async () => {
    const { id } = await ask();
    world.groups.put(robin.objectId, []);
    await world.pass(minute + 1000);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'not-a-technician' } });
    expect(world.partner.tries).toStrictEqual([]);
  });

  it('is refused at the press when the groups cannot be read any more', async () => {
    const { id } = await ask();
    world.groups.answer('throws');
    await world.pass(minute + 1000);
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect(await world.stands(id)).toMatchObject({ state: 'refused', refusal: { kind: 'groups-unknown' } });
    expect(world.partner.tries).toStrictEqual([]);
  });

  it.each([
    ['unknown', 'groups-unknown'],
    ['well', 'not-a-technician'],
  ] as const)('does not see the password when the groups answer %s without them', async (how, reason) => {
    const id = await confirm();
    world.groups.put(robin.objectId, []);
    world.groups.answer(how);
    await world.pass(minute + 1000);
    await expect(process.resets.reveal(id, robin)).resolves.toMatchObject({ kind: 'as-it-stands' });
    expect((await world.readTrail()).at(-1)).toMatchObject({ kind: 'click-refused', facts: { reason } });
  });

  it('is not asked about where the policy names no groups, or names them already', async () => {
    const { id } = await world.ask(process);
    world.change({
      technicians: [
        { kind: 'group', objectId: desk },
        { kind: 'person', objectId: robin.objectId },
      ],
    });
    await process.resets.confirm(id, robin, said);
    await world.settle();
    expect((await world.stands(id)).state).toBe('delivered');
    world.change({ technicians: [] });
    await expect(process.resets.reveal(id, robin)).resolves.toMatchObject({ kind: 'as-it-stands' });
    expect(world.groups.asked).toStrictEqual([]);
  });
});
