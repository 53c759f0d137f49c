import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId } from '../../../src/ids.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const { target } = buildResetRequest();

/** How every store finds what was reset before. */
export function describeLastReset(bench: StoreBench): void {
  describe('the last reset of a user', () => {
    const last = (since = bench.now - 100) => bench.store().resets.lastReset(target.customer.id, target.user.id, since);
    const confirmedAt = (before: number) => ({ confirmedAt: bench.now - before });

    it('is the latest that set a password, or may have, of this very user', async () => {
      const attention = { kind: 'unclear', trouble: undefined } as const;
      await bench.add(buildNumberedRequest(1, { state: 'hidden', ...confirmedAt(60), resetAt: bench.now - 59 }));
      const unclear = await bench.add(buildNumberedRequest(2, { state: 'hidden', ...confirmedAt(50), attention }));
      await bench.add(buildNumberedRequest(3, { state: 'refused', ...confirmedAt(40) }));
      await bench.add(
        buildNumberedRequest(4, {
          state: 'hidden',
          ...confirmedAt(30),
          resetAt: bench.now,
          target: retarget(buildResetRequest(), 'other'),
        }),
      );
      const elsewhere = { ...target.customer, id: asId<CustomerId>('c5000000-0000-4000-8000-000000000009') };
      await bench.add(
        buildNumberedRequest(5, {
          state: 'hidden',
          ...confirmedAt(20),
          resetAt: bench.now,
          target: { ...target, customer: elsewhere },
        }),
      );
      await expect(last()).resolves.toStrictEqual(unclear);
      await expect(last(bench.now - 45)).resolves.toBeUndefined();
    });

    it('is nothing where nothing was confirmed', async () => {
      await bench.add(buildNumberedRequest(1));
      await expect(last(0)).resolves.toBeUndefined();
    });
  });
}
