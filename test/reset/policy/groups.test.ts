import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../../src/base/ids.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { bypassGroupCache, createCachedGroups, type Groups } from '../../../src/reset/policy/groups.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { createPretendGroups, type PretendGroups } from '../../support/pretend-groups.ts';
import { askedIn, createResetWorld, type Process, type ResetWorld, robin, said } from '../../support/reset-world.ts';

const ann = asId<ObjectId>('b0b00000-0000-4000-8000-000000000001');
const ben = asId<ObjectId>('5a500000-0000-4000-8000-000000000002');
const desk = 'de500000-0000-4000-8000-00000000000a';

describe('groups that are remembered for a minute', () => {
  let clock: HandClock;
  let pretend: PretendGroups;
  let groups: Groups;

  beforeEach(() => {
    clock = createHandClock();
    pretend = createPretendGroups();
    groups = createCachedGroups({ groups: pretend, clock });
    pretend.put(ann, [desk]);
  });

  it('are asked for once in that time, for one person, in whatever case their id is written', async () => {
    await expect(groups.memberOf(ann)).resolves.toEqual(new Set([desk]));
    expect(clock.waits).toEqual([]);
    clock.advance(59_999);
    await expect(groups.memberOf(asId<ObjectId>(ann.toUpperCase()))).resolves.toEqual(new Set([desk]));
    expect(pretend.asked).toEqual([ann]);
    await expect(groups.memberOf(ben)).resolves.toEqual(new Set());
    expect(pretend.asked).toEqual([ann, ben]);
  });

  it('are asked for again after sixty seconds, so that who was taken out is out', async () => {
    await groups.memberOf(ann);
    pretend.put(ann, []);
    clock.advance(60_000);
    await expect(groups.memberOf(ann)).resolves.toEqual(new Set());
  });

  it('are asked for at once where a fresh answer is wanted, which then holds for everybody', async () => {
    await groups.memberOf(ann);
    pretend.put(ann, []);
    await expect(bypassGroupCache(groups).memberOf(ann)).resolves.toEqual(new Set());
    await expect(groups.memberOf(ann)).resolves.toEqual(new Set());
    expect(pretend.asked).toHaveLength(2);
    pretend.answer('throws');
    await expect(bypassGroupCache(groups).memberOf(ann)).resolves.toBe('unknown');
  });

  it('are asked for once by twenty at the same moment', async () => {
    await Promise.all(Array.from({ length: 20 }, () => groups.memberOf(ann)));
    expect(pretend.asked).toHaveLength(1);
  });

  it.each(['unknown', 'throws'] as const)('are unknown, and not remembered so, when the directory %s', async (how) => {
    pretend.answer(how);
    await expect(groups.memberOf(ann)).resolves.toBe('unknown');
    pretend.answer('well');
    await expect(groups.memberOf(ann)).resolves.toEqual(new Set([desk]));
  });

  it('are unknown after two seconds without an answer', async () => {
    pretend.answer('never');
    const asked = groups.memberOf(ann);
    clock.advance(2000);
    await expect(asked).resolves.toBe('unknown');
    expect(clock.waits).toEqual([]);
  });

  it('are unknown once the minute is over and the directory is gone', async () => {
    await groups.memberOf(ann);
    pretend.answer('throws');
    clock.advance(30_000);
    await expect(groups.memberOf(ann)).resolves.toEqual(new Set([desk]));
    clock.advance(30_000);
    await expect(groups.memberOf(ann)).resolves.toBe('unknown');
  });

  it('are remembered of a late answer no more than of one that was asked for since', async () => {
    pretend.answer('never');
    const late = groups.memberOf(ann);
    clock.advance(60_000);
    pretend.answer('well');
    await expect(groups.memberOf(ann)).resolves.toEqual(new Set([desk]));
    await expect(late).resolves.toBe('unknown');
    await expect(groups.memberOf(ann)).resolves.toEqual(new Set([desk]));
    expect(pretend.asked).toHaveLength(2);
  });

  it('are asked for again where the clock was put back', async () => {
    const moved = { ...clock, now: () => clock.now() - 1 };
    let shown: typeof clock = clock;
    const cached = createCachedGroups({ groups: pretend, clock: { ...clock, now: () => shown.now() } });
    await cached.memberOf(ann);
    shown = moved;
    await cached.memberOf(ann);
    expect(pretend.asked).toHaveLength(2);
  });

  it('are remembered of ten thousand people, and then of none', async () => {
    const person = (number: number) => asId<ObjectId>(`b0b00000-0000-4000-8000-${String(number).padStart(12, '0')}`);
    for (let number = 0; number < 10_000; number += 1) await groups.memberOf(person(number));
    await groups.memberOf(person(0));
    expect(pretend.asked).toHaveLength(10_000);
    await groups.memberOf(person(10_000));
    await groups.memberOf(person(0));
    expect(pretend.asked).toHaveLength(10_002);
  });
});

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
      text: 'reset password for Ann Lee at Contoso Bikes',
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
    const refused = (await world.readTrail()).filter(({ kind }) => kind === 'click-refused');
    expect(refused).toMatchObject([{ kind: 'click-refused', facts: { reason } }]);
    // What cannot be looked up is no reason to erase a password.
    const isKept = (await world.stands(id)).sealedPassword !== undefined;
    expect(isKept).toBe(reason === 'groups-unknown');
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
