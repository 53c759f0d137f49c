import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenWork } from '../../src/reset/ports/open-work.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { readOpenWork } from '../../src/store/read-open-work.ts';
import { asId, type UserId } from '../../src/ids.ts';
import { buildNumberedRequest } from '../support/build-numbered-request.ts';
import { buildSqliteHouse, type SqliteHouse } from '../store/sqlite-house.ts';
import { buildMetrics } from './build-metrics.ts';

const nothing: OpenWork = { states: [{ state: 'sealed', count: 0 }], oldestConfirmedAt: undefined };

describe('open work', () => {
  it('is told by state, with how long ago the oldest was confirmed', async () => {
    const { metrics, clock, read } = buildMetrics();
    const work: OpenWork = { states: [{ state: 'sealed', count: 3 }], oldestConfirmedAt: clock.now() - 90_000 };
    metrics.sampleOpenWork(() => Promise.resolve(work));
    expect(await read('locksmith_open_requests{state="sealed"}')).toBe(3);
    expect(await read('locksmith_oldest_open_request_seconds')).toBe(90);
    expect(await read('locksmith_store_answers')).toBe(1);
  });

  it('is 0 where there is none', async () => {
    const { metrics, read } = buildMetrics();
    metrics.sampleOpenWork(() => Promise.resolve(nothing));
    expect(await read('locksmith_oldest_open_request_seconds')).toBe(0);
  });

  it('is asked for once in five seconds, however many scrape', async () => {
    const { metrics, clock } = buildMetrics();
    let asked = 0;
    metrics.sampleOpenWork(() => {
      asked += 1;
      return Promise.resolve(nothing);
    });
    await Promise.all([metrics.text(), metrics.text(), metrics.text()]);
    clock.advance(4999);
    await metrics.text();
    expect(asked).toBe(1);
    clock.advance(1);
    await metrics.text();
    expect(asked).toBe(2);
  });

  it('is absent where the store fails, and back when the store is', async () => {
    const { metrics, clock, read, logged } = buildMetrics();
    let isUp = false;
    metrics.sampleOpenWork(() => (isUp ? Promise.resolve(nothing) : Promise.reject(new Error('down'))));
    expect(await read('locksmith_store_answers')).toBe(0);
    expect(await read('locksmith_oldest_open_request_seconds')).toBeUndefined();
    expect(logged).toMatchObject([{ event: 'open-work-unread' }]);
    isUp = true;
    clock.advance(5000);
    expect(await read('locksmith_store_answers')).toBe(1);
  });

  it('holds up no scrape for more than two seconds, and is asked for once meanwhile', async () => {
    const { metrics, clock, read } = buildMetrics();
    const answer = Promise.withResolvers<OpenWork>();
    let asked = 0;
    metrics.sampleOpenWork(() => {
      asked += 1;
      return answer.promise;
    });
    for (let scrape = 0; scrape < 3; scrape += 1) {
      const reading = read('locksmith_store_answers');
      await clock.waiting((wait) => wait === 2000);
      clock.advance(2000);
      expect(await reading).toBe(0);
    }
    expect(asked).toBe(1);
    answer.resolve(nothing);
    expect(await read('locksmith_store_answers')).toBe(1);
  });
});

describe('open work in a database', () => {
  let house: SqliteHouse;

  beforeEach(() => {
    house = buildSqliteHouse();
  });

  afterEach(() => house.remove());

  it('is what was confirmed and is not done yet', async () => {
    const store = await house.open('bot');
    const add = (number: number, given: Parameters<typeof buildNumberedRequest>[1]) => {
      const request = buildNumberedRequest(number, given);
      const user = { ...request.target.user, id: asId<UserId>(`user-${number}`) };
      return store.resets.add(
        { ...request, target: { ...request.target, user } },
        { at: 1, kind: 'proposed', actor: 'robin', facts: {} },
      );
    };
    await add(1, { state: 'proposed' });
    await add(2, { state: 'proposed', confirmedAt: 5000 });
    await add(3, { state: 'delivering', confirmedAt: 3000 });
    await add(4, { state: 'delivering', confirmedAt: 4000 });
    await add(5, { state: 'delivered', confirmedAt: 1000 });
    await add(6, { state: 'refused', confirmedAt: 2000 });
    await store.close();
    const database = openSqlite(house.path, 'reader');
    const { states, oldestConfirmedAt } = await readOpenWork(database.db);
    await database.close();
    expect(states.filter(({ count }) => count > 0)).toEqual([
      { state: 'proposed', count: 1 },
      { state: 'delivering', count: 2 },
    ]);
    expect(oldestConfirmedAt).toBe(3000);
  });
});

describe('figures that are asked for at every scrape', () => {
  it('are those of this moment, and absent where nobody says them', async () => {
    const { metrics, clock, read } = buildMetrics();
    let expiresAt: number | undefined = clock.now() + 86_400_000;
    let failures = 1;
    metrics.sampleGauges({ directory: () => ({ customers: 200, users: 12_345 }), alarmFailures: () => failures });
    metrics.sampleGauges({ signInExpiresAt: () => expiresAt, signInIsGood: () => expiresAt !== undefined });
    expect(await read('locksmith_directory_entries{kind="customers"}')).toBe(200);
    expect(await read('locksmith_directory_entries{kind="users"}')).toBe(12_345);
    expect(await read('locksmith_sign_in_expires_seconds')).toBe(86_400);
    clock.advance(86_401_000);
    expect(await read('locksmith_sign_in_expires_seconds')).toBe(-1);
    expiresAt = undefined;
    failures = 3;
    expect(await read('locksmith_sign_in_expires_seconds')).toBeUndefined();
    expect(await read('locksmith_sign_in_good')).toBe(0);
    expect(await read('locksmith_alarm_failures_total')).toBe(3);
  });
});
