import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/ids.ts';
import { followingStates, type ResetState } from '../../../src/reset/states.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const { technician: robin } = buildResetRequest();
const sam = asId<ObjectId>('5a500000-0000-4000-8000-000000000002');
const elsewhere = asId<TenantId>('0ff00000-0000-4000-8000-000000000003');
const states = Object.keys(followingStates).filter((state): state is ResetState => state in followingStates);

/** How every store says what of one person is not over. */
export function describeUnfinished(bench: StoreBench): void {
  describe('what of somebody is not over', () => {
    it('is everything from which a step leads on, the latest first, and nothing of anybody else', async () => {
      for (const [index, state] of states.entries()) {
        await bench.add(
          buildNumberedRequest(index, {
            state,
            proposedAt: bench.now + index,
            target: retarget(buildResetRequest(), `user-${index}`),
          }),
        );
      }
      const open = states.filter((state) => followingStates[state].length > 0).toReversed();
      const found = await bench.store().resets.unfinished(robin.objectId, robin.tenantId);
      expect(found.map(({ state }) => state)).toEqual(open);
      await expect(bench.store().resets.unfinished(sam, robin.tenantId)).resolves.toEqual([]);
      await expect(bench.store().resets.unfinished(robin.objectId, elsewhere)).resolves.toEqual([]);
    });
  });

  describe('a new question about a user', () => {
    it('leaves alone what the same person has confirmed already', async () => {
      await bench.add(buildNumberedRequest(1, { confirmedAt: bench.now }));
      await bench.add(buildNumberedRequest(2));
      const [, first] = await bench.store().resets.unfinished(robin.objectId, robin.tenantId);
      expect(first?.state).toBe('proposed');
    });
  });
}
