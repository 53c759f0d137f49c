import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type UserId } from '../../src/base/ids.ts';
import type { OpenWork, ResetStore } from '../../src/reset/ports/request-store.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import type { ResetState } from '../../src/reset/states.ts';
import { joinSteps, makeStep, type Step } from '../../src/reset/step.ts';
import { openSqlite } from '../../src/store/database/sqlite.ts';
import type { Store } from '../../src/store/open-store.ts';
import { readOpenWork } from '../../src/store/requests/open-work.ts';
import { buildPostgresHouse } from '../store/postgres-house.ts';
import { buildSqliteHouse, type SqliteHouse } from '../store/sqlite-house.ts';
import { buildNumberedRequest } from '../support/build-numbered-request.ts';
import { describeOnPostgres } from '../support/describe-on-postgres.ts';
import { buildMetrics, type MetricsBench } from './metrics-bench.ts';

const at = Date.UTC(2026, 6, 1, 8);
const way = ['approved', 'message-open', 'sealed', 'resetting'] as const satisfies readonly ResetState[];
const attention = { kind: 'unclear', trouble: undefined } as const;

describe('requests that end', () => {
  let house: SqliteHouse;
  let opened: Store;
  let store: ResetStore;
  let bench: MetricsBench;
  let number = 0;

  beforeEach(async () => {
    house = buildSqliteHouse();
    opened = await house.open('bot');
    bench = buildMetrics();
    store = bench.metrics.instrumentStore(opened.resets);
  });

  afterEach(async () => {
    await opened.close();
    await house.remove();
  });

  const propose = async (given: Partial<ResetRequest> = {}): Promise<ResetRequest> => {
    number += 1;
    const { target } = buildNumberedRequest(number);
    const request = buildNumberedRequest(number, {
      // Each for somebody else, so that none is in the way of another.
      target: {
        customer: { ...target.customer, id: asId<CustomerId>(`customer-${number}`) },
        user: { ...target.user, id: asId<UserId>(`user-${number}`) },
      },
      ...given,
    });
    await store.add(request, { at, kind: 'proposed', actor: 'robin', facts: {} });
    return request;
  };
  const go = async (
    request: ResetRequest,
    states: readonly ResetState[],
    change: Partial<ResetRequest> = {},
  ): Promise<ResetRequest> => {
    let current = request;
    for (const state of states) {
      const step = makeStep(current, { ...change, state }, { at, kind: 'confirmed', actor: 'robin' });
      const swapped = await store.swap(current, step);
      if (swapped.kind !== 'swapped') throw new Error(swapped.kind);
      current = swapped.request;
    }
    return current;
  };
  const count = (outcome: string, reason = ''): Promise<number | undefined> =>
    bench.read(`locksmith_requests_total{outcome="${outcome}",reason="${reason}"}`);

  it('are counted where several steps are one commit', async () => {
    const reset = await go(await propose({ confirmedAt: at }), [...way, 'reset']);
    const stepTo = (from: ResetRequest, state: ResetState): Step =>
      makeStep(from, { state, deliveredAt: at + 1700 }, { at, kind: 'delivered', actor: 'robin' });
    const attention = stepTo(reset, 'needs-attention');
    await store.swap(reset, joinSteps(attention, stepTo(attention.after, 'delivering')));
    expect(await count('attention')).toBe(1);
  });

  it('are counted by how they end, with the time from click to delivery', async () => {
    await go(await propose({ confirmedAt: at }), [...way, 'reset', 'delivering', 'delivered', 'hidden'], {
      deliveredAt: at + 1700,
    });
    expect(await count('delivered')).toBe(1);
    expect(await bench.read('locksmith_requests_proposed_total')).toBe(1);
    expect(await bench.read('locksmith_click_to_delivery_seconds_sum{approved="no"}')).toBe(1.7);
    expect(await bench.read('locksmith_click_to_delivery_seconds_bucket{le="1",approved="no"}')).toBe(0);
    expect(await bench.read('locksmith_click_to_delivery_seconds_bucket{le="2.5",approved="no"}')).toBe(1);
  });

  it('count from the press of the second person where one had to approve, apart from the others', async () => {
    const { technician } = buildNumberedRequest(1);
    const decision = { kind: 'approved', by: technician, at: at + 1_800_000, right: 'person' } as const;
    const asked = { askedAt: at, approveBy: at + 3_600_000, places: [], putOff: 0, isShown: true, isTold: false };
    await go(
      await propose({ confirmedAt: at, approval: { ...asked, decision } }),
      ['awaiting-approval', ...way, 'reset', 'delivering', 'delivered'],
      { deliveredAt: at + 1_802_000 },
    );
    expect(await bench.read('locksmith_click_to_delivery_seconds_sum{approved="yes"}')).toBe(2);
    expect(await bench.read('locksmith_click_to_delivery_seconds_count{approved="no"}')).toBe(0);
  });

  const endings: readonly (readonly [string, readonly ResetState[]])[] = [
    ['cancelled', ['cancelled']],
    ['expired', ['expired']],
    ['declined', ['awaiting-approval', 'declined']],
  ];
  it.each(endings)('are counted as %s', async (outcome, states) => {
    expect(await count(outcome)).toBe(0);
    await go(await propose(), states);
    expect(await count(outcome)).toBe(1);
  });

  it('are counted by the reason of a refusal, at once or later', async () => {
    expect(await count('refused', 'federated')).toBe(0);
    await propose({ state: 'refused', refusal: { kind: 'federated' } });
    await go(await propose(), ['approved', 'refused'], { refusal: { kind: 'no-direct-message', why: 'blocked' } });
    expect(await count('refused', 'federated')).toBe(1);
    expect(await count('refused', 'no-direct-message')).toBe(1);
    expect(await bench.read('locksmith_requests_proposed_total')).toBe(1);
  });

  it('count once where they need attention and are delivered afterwards', async () => {
    const request = await go(await propose({ confirmedAt: at }), [...way, 'needs-attention'], { attention });
    await go(request, ['delivering', 'delivered'], { deliveredAt: at + 9000 });
    expect(await count('attention')).toBe(1);
    expect(await count('delivered')).toBe(0);
    expect(await bench.read('locksmith_click_to_delivery_seconds_count{approved="no"}')).toBe(0);
  });

  it('are not counted for a step that was lost, nor for a question that was delivered twice', async () => {
    const request = await propose();
    const cancelled = makeStep(request, { state: 'cancelled' }, { at, kind: 'cancelled', actor: 'robin' });
    await Promise.all([store.swap(request, cancelled), store.swap(request, cancelled)]);
    expect(await store.add(request, { at, kind: 'proposed', actor: 'robin', facts: {} })).toBe('already-there');
    expect(await count('cancelled')).toBe(1);
    expect(await bench.read('locksmith_requests_proposed_total')).toBe(1);
  });
});

const nothing: OpenWork = {
  states: [{ state: 'sealed', count: 0 }],
  oldestSince: undefined,
  oldestAwaitingApproval: undefined,
  overdue: 0,
};

describe('open work', () => {
  it('is told by state, with how long ago the oldest was confirmed', async () => {
    const { metrics, clock, read } = buildMetrics();
    const work: OpenWork = {
      states: [{ state: 'sealed', count: 3 }],
      oldestSince: clock.now() - 90_000,
      oldestAwaitingApproval: clock.now() - 1_800_000,
      overdue: 2,
    };
    metrics.sampleOpenWork(() => Promise.resolve(work));
    expect(await read('locksmith_open_requests{state="sealed"}')).toBe(3);
    expect(await read('locksmith_oldest_open_request_seconds')).toBe(90);
    expect(await read('locksmith_oldest_awaiting_approval_seconds')).toBe(1800);
    expect(await read('locksmith_passwords_overdue')).toBe(2);
    expect(await read('locksmith_store_answers')).toBe(1);
  });

  it.each([-3_600_000, 3_600_000])(
    'is as old as the store’s clock says where the machine’s is %i ms off',
    async (off) => {
      const { metrics, clock, read } = buildMetrics();
      const storeClock = { now: () => clock.now() - off };
      const work = { ...nothing, oldestSince: storeClock.now() - 1000 };
      metrics.sampleOpenWork(() => Promise.resolve(work), storeClock);
      expect(await read('locksmith_oldest_open_request_seconds')).toBe(1);
    },
  );

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

  type Given = Parameters<typeof buildNumberedRequest>[1];
  const readAfter = async (now: number, ...given: readonly Given[]): Promise<OpenWork> => {
    const store = await house.open('bot');
    for (const [index, one] of given.entries()) {
      const request = buildNumberedRequest(index + 1, one);
      const user = { ...request.target.user, id: asId<UserId>(`user-${index}`) };
      await store.resets.add(
        { ...request, target: { ...request.target, user } },
        { at: 1, kind: 'proposed', actor: 'robin', facts: {} },
      );
    }
    await store.close();
    const database = openSqlite(house.path, 'reader');
    try {
      return await readOpenWork(database, now);
    } finally {
      await database.close();
    }
  };
  const { technician } = buildNumberedRequest(1);
  const approvalAt = (at: number | undefined) => ({
    askedAt: 1000,
    approveBy: 9_000_000,
    places: [],
    putOff: 0,
    decision: at === undefined ? undefined : ({ kind: 'approved', by: technician, at, right: 'person' } as const),
    isShown: true,
    isTold: false,
  });

  it('is what was confirmed and is not done yet', async () => {
    const { states, oldestSince, oldestAwaitingApproval, overdue } = await readAfter(
      6000,
      { state: 'proposed' },
      { state: 'proposed', confirmedAt: 5000 },
      { state: 'delivering', confirmedAt: 3000 },
      { state: 'delivering', confirmedAt: 4000 },
      { state: 'delivered', confirmedAt: 1000, sealedPassword: { keyId: 'k', nonce: 'n', ciphertext: 'c' } },
      { state: 'refused', confirmedAt: 2000 },
    );
    expect(states.filter(({ count }) => count > 0)).toEqual([
      { state: 'proposed', count: 1 },
      { state: 'delivering', count: 2 },
    ]);
    expect([oldestSince, oldestAwaitingApproval, overdue]).toEqual([3000, undefined, 0]);
  });

  it('waits for a second person apart from what waits for Locksmith, and counts from their leave', async () => {
    const work = await readAfter(
      9000,
      { state: 'awaiting-approval', confirmedAt: 1000, approval: approvalAt(undefined) },
      { state: 'awaiting-approval', confirmedAt: 2000, approval: approvalAt(8000) },
      { state: 'sealed', confirmedAt: 1000, approval: approvalAt(7000) },
    );
    expect([work.oldestSince, work.oldestAwaitingApproval]).toEqual([7000, 1000]);
  });

  it('has passwords that are overdue: an attempt to hide them failed, or none was made in a minute', async () => {
    const sealedPassword = { keyId: 'k', nonce: 'n', ciphertext: 'c' };
    const { overdue } = await readAfter(
      200_000,
      { state: 'delivered', dueAt: 300_000, sealedPassword: undefined },
      { state: 'delivered', dueAt: 139_999, sealedPassword },
      { state: 'delivered', dueAt: 140_000, sealedPassword },
      { state: 'delivered', dueAt: 300_000, sealedPassword },
      { state: 'hidden', dueAt: undefined, sealedPassword: undefined },
    );
    expect(overdue).toBe(2);
  });
});

describeOnPostgres('open work in a PostgreSQL database', (server) => {
  it('is counted, aged and found overdue by the clock of the server', async () => {
    const store = await (await buildPostgresHouse(server)).openStore();
    const now = Date.now();
    const sealedPassword = { keyId: 'k', nonce: 'n', ciphertext: 'c' };
    const rows: readonly Parameters<typeof buildNumberedRequest>[1][] = [
      { state: 'delivering', confirmedAt: now - 4000, sealedPassword },
      { state: 'awaiting-approval', confirmedAt: now - 9000 },
      { state: 'delivered', dueAt: now - 120_000, sealedPassword },
      { state: 'delivered', dueAt: now + 120_000, sealedPassword },
    ];
    for (const [index, given] of rows.entries()) {
      const request = buildNumberedRequest(index + 1, given);
      const user = { ...request.target.user, id: asId<UserId>(`user-${index}`) };
      const entry = { at: 1, kind: 'proposed', actor: 'robin', facts: {} } as const;
      await store.resets.add({ ...request, target: { ...request.target, user } }, entry);
    }
    expect(await store.openWork()).toMatchObject({
      oldestSince: now - 4000,
      oldestAwaitingApproval: now - 9000,
      overdue: 1,
    });
    await store.close();
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
