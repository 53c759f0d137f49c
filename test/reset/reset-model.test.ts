import { describe, expect, it } from '@jest/globals';
import type { ResetRequestRow } from '../../src/store/database/database.ts';
import { createResetWorld, robin, said } from '../support/reset-world.ts';
import { type Mistake, plantMistake } from './plant-mistake.ts';
import { findBrokenPromises, runModel } from './run-model.ts';

describe('whatever is pressed, fails, dies and takes its time', () => {
  it('leaves one password, delivered and hidden, or none at all', async () => {
    expect(await runModel({ sequences: 30, seed: 20_260_701 })).toBeGreaterThan(150);
  }, 120_000);
});

const second = 1000;
const minute = 60 * second;

/** How a mistake comes to light: what happens, and the promise that it breaks. */
type Course = {
  readonly mistake: Mistake;
  readonly breaks: string;
  /** What Partner Center makes of the first try. */
  readonly fault?: 'lost';
  /** The state that the first process dies at, once it is written down. */
  readonly dies?: 'sealed' | 'delivered';
  /** The step after which the first process sleeps. */
  readonly sleeps?: 'try-started';
};

const courses: readonly Course[] = [
  { mistake: 'a new password on a retry', breaks: 'one request, one password', fault: 'lost' },
  { mistake: 'no fencing', breaks: 'no PATCH once delivery has begun', sleeps: 'try-started' },
  { mistake: 'a secret in an error', breaks: 'no secret at rest or in a log' },
  { mistake: 'an audit row outside the transaction', breaks: 'every step has its record', dies: 'sealed' },
  { mistake: 'a hide timer only in memory', breaks: 'hidden when its time is up', dies: 'delivered' },
];

/**
 * One reset from the press to long after its end. The first process dies or sleeps on the way where that is said, and
 * another one goes on: one like it where it died, a sound one where it sleeps.
 */
async function run(course: Course, mistake: Mistake | undefined): Promise<readonly string[]> {
  const { dies, sleeps } = course;
  const world = await createResetWorld({
    plant: (dependencies, instance) => {
      const isSound = mistake === undefined || (instance !== 'first' && sleeps !== undefined);
      return isSound ? dependencies : plantMistake(mistake, dependencies, writePast);
    },
  });
  const first = world.boot('first');
  try {
    first.resets.start();
    const { id } = await world.ask(first);
    if (course.fault === 'lost') world.partner.next('lost');
    let wakeUp = (): void => undefined;
    if (dies !== undefined) {
      first.power.onStep(dies, () => {
        first.power.cut();
      });
    }
    if (sleeps !== undefined) first.power.sleepAfter(sleeps, new Promise((resolve) => (wakeUp = resolve)));
    void first.resets
      .confirm(id, robin, said)
      .then((confirmed) => (confirmed.kind === 'begun' ? confirmed.done : undefined))
      .catch(() => undefined);
    await world.pass(5 * second);
    if (dies !== undefined) first.power.cut();
    if (dies !== undefined || sleeps !== undefined) world.boot('second').resets.start();
    await world.pass(50 * second);
    wakeUp();
    await world.settle();
    await world.pass(40 * minute);
    return await findBrokenPromises(world, id);
  } finally {
    await world.close();
  }

  function writePast(row: ResetRequestRow, version: number): boolean {
    const written = world.writePast(row, version);
    if (row.state === dies) first.power.cut();
    return written;
  }
}

describe.each(courses)('the planted mistake of $mistake', (course) => {
  it(`is found out by name: ${course.breaks}`, async () => {
    expect(await run(course, course.mistake)).toContain(course.breaks);
  });

  it('is what was found: without it every promise is kept', async () => {
    expect(await run(course, undefined)).toEqual([]);
  });
});
