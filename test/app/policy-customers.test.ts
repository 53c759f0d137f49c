import { describe, expect, it } from '@jest/globals';
import { createPolicyCustomersWatch, sandboxPolicy } from '../../src/app/watch-policy-file.ts';
import { createLog } from '../../src/base/log.ts';
import type { Alarm } from '../../src/reset/alarm.ts';
import { createHandClock } from '../support/hand-clock.ts';

const known = 'c5000000-0000-4000-8000-000000000001';
const slip = 'c5000000-0000-4000-8000-00000000000e';

/** The watch over a policy in the test's hand; the partner has one customer. */
function createWatch() {
  const clock = createHandClock();
  const alarms: Alarm[] = [];
  const lines: string[] = [];
  const asked: (readonly string[])[] = [];
  const state = { customers: [known], answers: true };
  const watch = createPolicyCustomersWatch({
    policy: () => ({ ...sandboxPolicy, customers: Object.fromEntries(state.customers.map((id) => [id, {}])) }),
    findUnknown: (ids) => {
      asked.push(ids);
      return Promise.resolve(state.answers ? ids.filter((id) => id !== known) : undefined);
    },
    clock,
    log: createLog({ write: (line) => lines.push(line), clock, level: 'info' }),
    raiseAlarm: (alarm) => alarms.push(alarm),
  });
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const minute = async (): Promise<void> => {
    clock.advance(60_000);
    await settle();
  };
  return { watch, state, alarms, lines, asked, settle, minute };
}

describe('a customer that the policy names', () => {
  it('and that is none of the partner is named at the start and after a change, once each', async () => {
    const { watch, state, alarms, lines, settle, minute } = createWatch();
    state.customers = [known, slip];
    watch.start();
    await settle();
    expect(alarms).toEqual([{ kind: 'policy-customers-unknown', customers: [slip] }]);
    expect(lines.join('')).toContain(slip);
    await minute();
    expect(alarms).toHaveLength(1);
    state.customers = [known];
    await minute();
    state.customers = [slip];
    await minute();
    expect(alarms).toHaveLength(2);
    await watch.stop();
  });

  it('is looked at again where Partner Center did not answer', async () => {
    const { watch, state, alarms, asked, settle, minute } = createWatch();
    state.customers = [slip];
    state.answers = false;
    watch.start();
    await settle();
    expect(alarms).toEqual([]);
    state.answers = true;
    await minute();
    expect([asked.length, alarms.length]).toEqual([2, 1]);
    await watch.stop();
  });

  it('is not asked about where there is none', async () => {
    const { watch, state, asked, settle } = createWatch();
    state.customers = [];
    watch.start();
    await settle();
    expect(asked).toEqual([]);
    await watch.stop();
  });
});
