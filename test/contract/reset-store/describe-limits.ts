import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/ids.ts';
import type { Limit, LimitKind } from '../../../src/reset/policy/policy.ts';
import type { ResetStore } from '../../../src/reset/ports/stores.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { makeStep } from '../../../src/reset/step.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const hour = 60 * 60_000;
const { technician: robin, target } = buildResetRequest();
const elsewhere = { ...target.customer, id: asId<typeof target.customer.id>('c5000000-0000-4000-8000-000000000009') };

/** How every store keeps confirmations within their limits. */
export function describeLimits(bench: StoreBench): void {
  const limit = (kind: LimitKind, most: number): Limit => ({ kind, most, windowMilliseconds: hour });
  const confirm = (resets: ResetStore, request: ResetRequest, within: readonly Limit[], at = bench.now) =>
    resets.swap(request, {
      ...makeStep(request, { confirmedAt: at }, { at, kind: 'confirmed', actor: 'robin' }),
      within,
    });
  /** For a user of its own each, so that no two of them are in each other's way. */
  const proposed = (number: number, given: Partial<ResetRequest> = {}) =>
    bench.add(buildNumberedRequest(number, { target: retarget(buildResetRequest(), `user-${number}`), ...given }));

  describe('limits', () => {
    it('let two of twenty confirmations at once through where two are left, and change nothing for the others', async () => {
      const requests = await Promise.all(Array.from({ length: 20 }, (_, index) => proposed(index)));
      const within = [limit('technician', 2)];
      const second = (await bench.openSecond()) ?? bench.store();
      const outcomes = await Promise.all(
        requests.map((request, index) => confirm((index % 2 === 0 ? bench.store() : second).resets, request, within)),
      );
      if (second !== bench.store()) await second.close();
      expect(outcomes.filter(({ kind }) => kind === 'swapped')).toHaveLength(2);
      expect(outcomes.filter(({ kind }) => kind === 'over-limit')).toHaveLength(18);
      const found = await Promise.all(requests.map(({ id }) => bench.store().resets.find(id)));
      expect(found.filter((request) => request?.version === 1)).toHaveLength(18);
      expect(await bench.readTrail()).toHaveLength(22);
    });

    it('are remembered after a restart', async () => {
      await confirm(bench.store().resets, await proposed(1), [limit('overall', 1)]);
      await bench.store().close();
      await bench.reopen();
      await expect(confirm(bench.store().resets, await proposed(2), [limit('overall', 1)])).resolves.toMatchObject({
        kind: 'over-limit',
      });
    });

    it('are windows that slide: there is room when the oldest that counts has left, and it is said when', async () => {
      await confirm(bench.store().resets, await proposed(1), [], bench.now - hour + 5);
      await confirm(bench.store().resets, await proposed(2), [], bench.now - 10);
      const third = await proposed(3);
      const within = [limit('overall', 2)];
      await expect(confirm(bench.store().resets, third, within)).resolves.toEqual({
        kind: 'over-limit',
        limit: within[0],
        againAt: bench.now + 5,
      });
      await expect(confirm(bench.store().resets, third, within, bench.now + 4)).resolves.toMatchObject({
        kind: 'over-limit',
      });
      await expect(confirm(bench.store().resets, third, within, bench.now + 5)).resolves.toMatchObject({
        kind: 'swapped',
      });
    });

    it.each<[LimitKind, string, Partial<ResetRequest>, 'swapped' | 'over-limit']>([
      ['overall', 'anybody at any customer', { technician: someoneElse(), target: at(elsewhere) }, 'over-limit'],
      ['technician', 'the same person at another customer', { target: at(elsewhere) }, 'over-limit'],
      ['technician', 'somebody else', { technician: someoneElse() }, 'swapped'],
      ['technician', 'the same id of another tenant', { technician: ofOtherTenant() }, 'swapped'],
      ['customer', 'somebody else at the same customer', { technician: someoneElse() }, 'over-limit'],
      ['customer', 'the same person at another customer', { target: at(elsewhere) }, 'swapped'],
      ['user', 'the same user, asked for by somebody else', { technician: someoneElse(), target }, 'over-limit'],
      ['user', 'another user of the same customer', {}, 'swapped'],
      [
        'user',
        'a user with the same id at another customer',
        { target: { ...target, customer: elsewhere } },
        'swapped',
      ],
    ])('of kind %s: after one confirmation, %s is %s', async (kind, _whose, given, outcome) => {
      await confirm(bench.store().resets, await proposed(1, { target }), []);
      const second = await proposed(2, given);
      await expect(confirm(bench.store().resets, second, [limit(kind, 1)])).resolves.toMatchObject({ kind: outcome });
    });

    it('count what was confirmed whatever became of it, and nothing that was not confirmed', async () => {
      await proposed(1, { state: 'refused' });
      await proposed(2);
      await proposed(3, { state: 'refused', confirmedAt: bench.now });
      const next = await proposed(4);
      await expect(confirm(bench.store().resets, next, [limit('overall', 1)])).resolves.toMatchObject({
        kind: 'over-limit',
      });
      await expect(confirm(bench.store().resets, next, [limit('overall', 2)])).resolves.toMatchObject({
        kind: 'swapped',
      });
    });

    it('name the one that keeps it out the longest where several are reached', async () => {
      await confirm(bench.store().resets, await proposed(1), [], bench.now - 1000);
      const within: readonly Limit[] = [
        limit('technician', 1),
        { kind: 'user', most: 5, windowMilliseconds: 24 * hour },
        { kind: 'customer', most: 1, windowMilliseconds: 2 * hour },
        limit('overall', 1),
      ];
      await expect(confirm(bench.store().resets, await proposed(2), within)).resolves.toEqual({
        kind: 'over-limit',
        limit: within[2],
        againAt: bench.now - 1000 + 2 * hour,
      });
    });

    it('tell whoever comes late that they are late', async () => {
      const late = await proposed(1);
      await confirm(bench.store().resets, late, []);
      await expect(confirm(bench.store().resets, late, [limit('overall', 1)])).resolves.toEqual({ kind: 'stale' });
    });
  });
}

function someoneElse(): ResetRequest['technician'] {
  return { ...robin, objectId: asId<ObjectId>('5a500000-0000-4000-8000-000000000002') };
}

function ofOtherTenant(): ResetRequest['technician'] {
  return { ...robin, tenantId: asId<TenantId>('0ff00000-0000-4000-8000-000000000003') };
}

function at(customer: typeof target.customer): ResetRequest['target'] {
  return { customer, user: { ...target.user, id: asId<typeof target.user.id>('user-at-another-customer') } };
}
