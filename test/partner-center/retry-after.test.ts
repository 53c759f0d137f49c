import { describe, expect, it } from '@jest/globals';
import { connect } from './connect.ts';
import { createFakeClock } from './create-fake-clock.ts';
import { serving } from './serving.ts';

const serve = serving();
const customer = { json: { id: 'c' } };

describe('a throttled read', () => {
  it.each([
    ['7', 7000 + 250],
    ['0', 250],
    ['Sun, 01 Mar 2026 12:00:09 GMT', 9000 + 250],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 250],
    ['soon', 375],
    ['soon 5', 375],
    ['1.5', 375],
    ['5, 10', 375],
    ['3 bananas', 375],
    ['2026-03-01T12:00:09Z', 375],
    ['-5', 375],
  ])('waits as Retry-After: %s says, and a little more', async (retryAfter, wait) => {
    const server = await serve({ status: 429, headers: { 'Retry-After': retryAfter } }, customer);
    const clock = createFakeClock();
    await connect(server, { clock }).customers.byId('c').get();
    expect(clock.waits).toEqual([wait]);
  });

  it('takes a Retry-After of any length for a day at most', async () => {
    const server = await serve({ status: 429, headers: { 'Retry-After': '99999999999999999999' } });
    const read = connect(server).customers.byId('c').get();
    await expect(read).rejects.toMatchObject({ code: 'throttled', tries: 1, retryAfterMilliseconds: 86_400_000 });
  });
});
