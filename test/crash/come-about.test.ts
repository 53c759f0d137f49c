import { describe, expect, it } from '@jest/globals';
import { hasComeAbout, mostTries, runUntilItComesAbout } from './come-about.ts';
import { countDeaths } from './count-deaths.ts';
import { everyScenario } from './every-scenario.ts';
import type { Outcome } from './run-scenario.ts';

const struckNever = '1 faults have never struck';
const endedRefused = 'it ended with outcome-refused';

/** What is said of a reset whose time was over before its fault could strike. */
const tooSlow: Outcome = {
  broken: [endedRefused, struckNever],
  passwords: [],
  ended: 'outcome-refused',
  patches: 0,
  takenOver: undefined,
};
const well: Outcome = { ...tooSlow, broken: [], ended: 'outcome-reset', passwords: ['Kept-1'], patches: 1 };

describe('a death that has not come about', () => {
  it('is one that was refused with nothing changed before the fault could strike', () => {
    expect(hasComeAbout(tooSlow)).toBe(false);
    expect(hasComeAbout({ ...tooSlow, broken: ['2 faults have never struck', endedRefused] })).toBe(false);
    expect(hasComeAbout({ ...tooSlow, takenOver: { after: 10, atMost: 20 } })).toBe(false);
  });

  it('is one, too, where the fault would have led to a refusal itself, which is then no complaint', () => {
    expect(hasComeAbout({ ...tooSlow, broken: [struckNever] })).toBe(false);
  });

  it.each<[string, Partial<Outcome>]>([
    ['nothing is wrong', { broken: [] }],
    ['it was refused without any fault', { broken: [endedRefused] }],
    ['a PATCH was sent', { patches: 1 }],
    ['it ended otherwise', { ended: 'outcome-attention' }],
    ['another end is complained of', { broken: ['it ended with outcome-attention', struckNever] }],
    ['a promise is broken besides', { broken: [endedRefused, struckNever, 'a sealed password is left'] }],
    ['a promise is broken instead', { broken: [struckNever, 'a password lies in a row of a table'] }],
    ['somebody went on too late', { takenOver: { after: 20, atMost: 20 } }],
  ])('is none where %s', (_, changes) => {
    expect(hasComeAbout({ ...tooSlow, ...changes })).toBe(true);
  });
});

describe('a death', () => {
  const run = async (outcomes: readonly Outcome[]) => {
    const left = outcomes.values();
    const done = await runUntilItComesAbout(() => Promise.resolve(left.next().value ?? tooSlow));
    return { ...done, left: [...left].length };
  };

  it('is run once where it comes about, whatever it says', async () => {
    const broken: Outcome = { ...well, broken: ['the password was posted'] };
    expect(await run([well, well])).toEqual({ outcome: well, repeats: 0, passwords: ['Kept-1'], left: 1 });
    expect(await run([broken, well])).toEqual({ outcome: broken, repeats: 0, passwords: ['Kept-1'], left: 1 });
  });

  it('is run again where it does not, and the one that does counts, with its broken promises', async () => {
    const broken: Outcome = { ...well, broken: ['the password was posted'] };
    expect(await run([tooSlow, tooSlow, well])).toMatchObject({ outcome: well, repeats: 2, left: 0 });
    expect(await run([tooSlow, broken, well])).toMatchObject({ outcome: broken, repeats: 1, left: 1 });
  });

  it('fails after three times, and says so', async () => {
    const { outcome, repeats, left } = await run([tooSlow, tooSlow, tooSlow, well]);
    expect(mostTries).toBe(3);
    expect([repeats, left]).toEqual([2, 1]);
    expect(outcome.broken).toEqual([endedRefused, struckNever, 'it has not come about in 3 tries']);
  });

  it('is counted where it was run again', () => {
    const [scenario, other] = everyScenario('message');
    if (scenario === undefined || other === undefined) throw new Error('there are no scenarios');
    const said = countDeaths(
      [
        { store: 'SQLite', scenario, outcome: well, repeats: 2 },
        { store: 'SQLite', scenario: other, outcome: well, repeats: 0 },
      ],
      7,
    );
    expect(said).toContain('1 had not come about at first and were run again, 2 times in all');
    expect(said).toContain(`2 × SQLite, message: ${scenario.name}`);
    expect(said).not.toContain(`SQLite, message: ${other.name}`);
  });
});
