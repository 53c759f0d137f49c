import { expect, it } from '@jest/globals';
import { readErrorCode } from '../../../src/base/errors.ts';
import { retryConnectorCall } from '../../../src/teams/connector/retries.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const limits = { tryMilliseconds: 10_000, retryWithinMilliseconds: 20_000 };

it.each([
  ['is repeated after its pause', 600, 2],
  ['is not repeated by a process that slept through its pause: another one may have gone on', 60_000, 1],
])('a call %s', async (_what, slept, calls) => {
  const clock = createHandClock();
  let called = 0;
  const call = () => {
    called += 1;
    return called === 1 ? Promise.reject(new Error('the connection was lost')) : Promise.resolve('done');
  };
  const retried = retryConnectorCall({ clock, random: { fraction: () => 0 }, limits }, true, call).catch(readErrorCode);
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(slept);
  expect(await retried).toBe(calls === 2 ? 'done' : 'unavailable');
  expect(called).toBe(calls);
});
