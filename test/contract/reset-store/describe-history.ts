import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/ids.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import type { StoreBench } from './store-bench.ts';

const { technician: robin } = buildResetRequest();

/** How every store tells what was asked for before. */
export function describeHistory(bench: StoreBench): void {
  describe('the history', () => {
    it('is the latest of one person or of everybody, the latest first, however they ended', async () => {
      const sam = { ...robin, objectId: asId<ObjectId>('5a500000-0000-4000-8000-000000000002') };
      const stranger = { ...robin, tenantId: asId<TenantId>('0ff00000-0000-4000-8000-000000000003') };
      const given = [
        { state: 'hidden', technician: robin },
        { state: 'refused', technician: sam },
        { state: 'expired', technician: robin },
        { state: 'cancelled', technician: stranger },
        { state: 'proposed', technician: robin },
      ] as const;
      for (const [index, one] of given.entries()) {
        await bench.add(buildNumberedRequest(index, { ...one, proposedAt: bench.now + index }));
      }
      const states = async (...asked: Parameters<ReturnType<StoreBench['store']>['resets']['history']>) =>
        (await bench.store().resets.history(...asked)).map(({ state }) => state);
      await expect(states('everybody', 20)).resolves.toEqual(given.map(({ state }) => state).toReversed());
      await expect(states('everybody', 2)).resolves.toEqual(['proposed', 'cancelled']);
      const own = { technician: robin.objectId, tenant: robin.tenantId };
      await expect(states(own, 20)).resolves.toEqual(['proposed', 'expired', 'hidden']);
      await expect(states({ technician: sam.objectId, tenant: robin.tenantId }, 20)).resolves.toEqual(['refused']);
    });
  });
}
