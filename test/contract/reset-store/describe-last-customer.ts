import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type ObjectId, type TenantId } from '../../../src/ids.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { ResetState } from '../../../src/reset/states.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const built = buildResetRequest();
const { technician: robin, askedIn, target } = built;

/** How every store remembers the customer of somebody's last reset in a chat. */
export function describeLastCustomer(bench: StoreBench): void {
  describe('the customer of the last reset in a chat', () => {
    const minute = 60_000;
    const last = (
      objectId = robin.objectId,
      tenantId = robin.tenantId,
      chat = askedIn.id,
      since = bench.now - 30 * minute,
    ) => bench.store().resets.lastCustomer(objectId, tenantId, chat, since);
    const customerNumbered = (number: number) => asId<CustomerId>(`customer-${number}`);
    const addAt = (number: number, state: ResetState, given: Partial<ResetRequest> = {}) => {
      const { user } = retarget(built, `user-${number}`);
      const customer = { ...target.customer, id: customerNumbered(number) };
      return bench.add(
        buildNumberedRequest(number, { state, confirmedAt: bench.now, target: { customer, user }, ...given }),
      );
    };

    it('is that of the latest one that was confirmed, within the time that is asked for', async () => {
      await expect(last()).resolves.toBeUndefined();
      await addAt(1, 'hidden', { confirmedAt: bench.now - 20 * minute });
      await addAt(2, 'delivered', { confirmedAt: bench.now - 10 * minute });
      await addAt(3, 'hidden', { confirmedAt: bench.now - 31 * minute });
      await expect(last()).resolves.toBe(customerNumbered(2));
      await expect(last(robin.objectId, robin.tenantId, askedIn.id, bench.now - 5 * minute)).resolves.toBeUndefined();
      await expect(last(robin.objectId, robin.tenantId, askedIn.id, bench.now - 10 * minute)).resolves.toBe(
        customerNumbered(2),
      );
    });

    it.each<ResetState>(['proposed', 'refused', 'cancelled', 'declined', 'expired'])(
      'is not that of one that is %s',
      async (state) => {
        await addAt(1, state);
        await expect(last()).resolves.toBeUndefined();
      },
    );

    it('is nothing to anybody else, to the same id of another tenant, or in another chat', async () => {
      await addAt(1, 'delivered');
      await expect(last(asId<ObjectId>('5a500000-0000-4000-8000-000000000002'))).resolves.toBeUndefined();
      await expect(last(robin.objectId, asId<TenantId>('elsewhere'))).resolves.toBeUndefined();
      await expect(last(robin.objectId, robin.tenantId, '19:elsewhere')).resolves.toBeUndefined();
    });
  });
}
