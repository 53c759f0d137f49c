import { beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../../src/ids.ts';
import { createCachedGroups } from '../../../src/reset/policy/create-cached-groups.ts';
import { freshGroups } from '../../../src/reset/policy/fresh-groups.ts';
import type { Groups } from '../../../src/reset/ports/groups.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { createPretendGroups, type PretendGroups } from '../../support/pretend-groups.ts';

const robin = asId<ObjectId>('b0b00000-0000-4000-8000-000000000001');
const sam = asId<ObjectId>('5a500000-0000-4000-8000-000000000002');
const desk = 'de500000-0000-4000-8000-00000000000a';

describe('groups that are remembered for a minute', () => {
  let clock: HandClock;
  let pretend: PretendGroups;
  let groups: Groups;

  beforeEach(() => {
    clock = createHandClock();
    pretend = createPretendGroups();
    groups = createCachedGroups({ groups: pretend, clock });
    pretend.put(robin, [desk]);
  });

  it('are asked for once in that time, for one person, in whatever case their id is written', async () => {
    await expect(groups.memberOf(robin)).resolves.toEqual(new Set([desk]));
    expect(clock.waits).toEqual([]);
    clock.advance(59_999);
    await expect(groups.memberOf(asId<ObjectId>(robin.toUpperCase()))).resolves.toEqual(new Set([desk]));
    expect(pretend.asked).toEqual([robin]);
    await expect(groups.memberOf(sam)).resolves.toEqual(new Set());
    expect(pretend.asked).toEqual([robin, sam]);
  });

  it('are asked for again after sixty seconds, so that who was taken out is out', async () => {
    await groups.memberOf(robin);
    pretend.put(robin, []);
    clock.advance(60_000);
    await expect(groups.memberOf(robin)).resolves.toEqual(new Set());
  });

  it('are asked for at once where a fresh answer is wanted, which then holds for everybody', async () => {
    await groups.memberOf(robin);
    pretend.put(robin, []);
    await expect(freshGroups(groups).memberOf(robin)).resolves.toEqual(new Set());
    await expect(groups.memberOf(robin)).resolves.toEqual(new Set());
    expect(pretend.asked).toHaveLength(2);
    pretend.answer('throws');
    await expect(freshGroups(groups).memberOf(robin)).resolves.toBe('unknown');
  });

  it('are asked for once by twenty at the same moment', async () => {
    await Promise.all(Array.from({ length: 20 }, () => groups.memberOf(robin)));
    expect(pretend.asked).toHaveLength(1);
  });

  it.each(['unknown', 'throws'] as const)('are unknown, and not remembered so, when the directory %s', async (how) => {
    pretend.answer(how);
    await expect(groups.memberOf(robin)).resolves.toBe('unknown');
    pretend.answer('well');
    await expect(groups.memberOf(robin)).resolves.toEqual(new Set([desk]));
  });

  it('are unknown after two seconds without an answer', async () => {
    pretend.answer('never');
    const asked = groups.memberOf(robin);
    clock.advance(2000);
    await expect(asked).resolves.toBe('unknown');
    expect(clock.waits).toEqual([]);
  });

  it('are unknown once the minute is over and the directory is gone', async () => {
    await groups.memberOf(robin);
    pretend.answer('throws');
    clock.advance(30_000);
    await expect(groups.memberOf(robin)).resolves.toEqual(new Set([desk]));
    clock.advance(30_000);
    await expect(groups.memberOf(robin)).resolves.toBe('unknown');
  });

  it('are remembered of a late answer no more than of one that was asked for since', async () => {
    pretend.answer('never');
    const late = groups.memberOf(robin);
    clock.advance(60_000);
    pretend.answer('well');
    await expect(groups.memberOf(robin)).resolves.toEqual(new Set([desk]));
    await expect(late).resolves.toBe('unknown');
    await expect(groups.memberOf(robin)).resolves.toEqual(new Set([desk]));
    expect(pretend.asked).toHaveLength(2);
  });

  it('are asked for again where the clock was put back', async () => {
    const moved = { ...clock, now: () => clock.now() - 1 };
    let shown: typeof clock = clock;
    const cached = createCachedGroups({ groups: pretend, clock: { ...clock, now: () => shown.now() } });
    await cached.memberOf(robin);
    shown = moved;
    await cached.memberOf(robin);
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
