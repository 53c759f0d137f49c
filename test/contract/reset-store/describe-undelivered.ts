import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/ids.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { ResetState } from '../../../src/reset/states.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const { technician: robin } = buildResetRequest();
const sam = asId<ObjectId>('5a500000-0000-4000-8000-000000000002');
const elsewhere = asId<TenantId>('0ff00000-0000-4000-8000-000000000003');

/** How every store says what waits for one person. */
export function describeUndelivered(bench: StoreBench): void {
  describe('what waits to be delivered to somebody', () => {
    const waiting = async (objectId = robin.objectId, tenantId = robin.tenantId) =>
      (await bench.store().resets.undelivered(objectId, tenantId)).map(({ id }) => id);
    const addAt = (number: number, state: ResetState, given: Partial<ResetRequest> = {}) =>
      bench.add(
        buildNumberedRequest(number, { state, target: retarget(buildResetRequest(), `user-${number}`), ...given }),
      );

    it('is what is being delivered to them, the oldest first, leased or not, whenever it is due', async () => {
      await addAt(1, 'delivering', { proposedAt: bench.now, dueAt: bench.now + 300_000 });
      await addAt(2, 'delivering', {
        proposedAt: bench.now - 1,
        lease: { owner: 'other', until: bench.now + 60_000 },
      });
      await expect(waiting()).resolves.toStrictEqual(['request-2', 'request-1']);
    });

    it.each<ResetState>(['proposed', 'resetting', 'reset', 'needs-attention', 'delivered', 'hidden', 'refused'])(
      'is nothing that is %s',
      async (state) => {
        await addAt(1, state);
        await expect(waiting()).resolves.toStrictEqual([]);
      },
    );

    it('is nothing of anybody else, nor of the same id in another tenant', async () => {
      await addAt(1, 'delivering');
      await expect(waiting(sam)).resolves.toStrictEqual([]);
      await expect(waiting(robin.objectId, elsewhere)).resolves.toStrictEqual([]);
    });

    it('is, of everybody, what is being delivered and what needs attention, the oldest first', async () => {
      await addAt(1, 'delivering', { proposedAt: bench.now });
      await addAt(2, 'needs-attention', { proposedAt: bench.now - 1, technician: { ...robin, objectId: sam } });
      await addAt(3, 'delivered');
      await addAt(4, 'resetting');
      const everybody = await bench.store().resets.waiting();
      expect(everybody.map(({ id }) => id)).toStrictEqual(['request-2', 'request-1']);
    });

    it('leaves out a row that cannot be read', async () => {
      await addAt(1, 'delivering');
      await addAt(2, 'delivering');
      await bench.house().tamper(`update reset_requests set details = '{}' where id = 'request-1'`);
      await expect(waiting()).resolves.toStrictEqual(['request-2']);
    });
  });
}
