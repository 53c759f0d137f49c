import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type UserId } from '../../src/ids.ts';
import type { ResetStore } from '../../src/reset/ports/stores.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import type { ResetState } from '../../src/reset/states.ts';
import { makeStep } from '../../src/reset/step.ts';
import type { Store } from '../../src/store/open-store.ts';
import { buildSqliteHouse, type SqliteHouse } from '../store/sqlite-house.ts';
import { buildNumberedRequest } from '../support/build-numbered-request.ts';
import { buildMetrics, type MetricsBench } from './build-metrics.ts';

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
    store = bench.metrics.watchStore(opened.resets);
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
