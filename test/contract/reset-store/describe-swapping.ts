import { describe, expect, it } from '@jest/globals';
import { asId, type ResetRequestId } from '../../../src/ids.ts';
import type { ResetState } from '../../../src/reset/states.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

/** How every store swaps one version for the next. */
export function describeSwapping(bench: StoreBench): void {
  describe('swapping', () => {
    it('lets one of twenty steps at once win, and writes down one', async () => {
      const request = await bench.add(buildResetRequest());
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) => bench.step(request, { state: 'approved', endedBy: `click ${index}` })),
      );
      expect(outcomes.map((outcome) => outcome.kind).sort()).toStrictEqual([
        ...Array<string>(19).fill('stale'),
        'swapped',
      ]);
      const winner = outcomes.find((outcome) => outcome.kind === 'swapped');
      await expect(bench.store().resets.find(request.id)).resolves.toStrictEqual(winner?.request);
      expect(await bench.readTrail()).toHaveLength(2);
    });

    it('is stale for whoever has read an older version, and for a request that nobody added', async () => {
      const request = await bench.add(buildResetRequest());
      await bench.step(request, { putOff: 1 });
      await expect(bench.step(request, { state: 'cancelled' })).resolves.toStrictEqual({ kind: 'stale' });
      await expect(bench.step(buildNumberedRequest(9), { state: 'cancelled' })).resolves.toStrictEqual({
        kind: 'stale',
      });
    });

    it.each<[ResetState]>([
      ['awaiting-approval'],
      ['approved'],
      ['message-open'],
      ['sealed'],
      ['resetting'],
      ['reset'],
      ['delivering'],
      ['needs-attention'],
    ])('finds the user busy while another request is %s', async (state) => {
      const busy = await bench.add(buildNumberedRequest(1, { state }));
      const second = await bench.add(buildNumberedRequest(2));
      await expect(bench.step(second, { state: 'approved' })).resolves.toStrictEqual({ kind: 'user-busy' });
      await expect(bench.step(second, { state: 'awaiting-approval' })).resolves.toStrictEqual({ kind: 'user-busy' });
      await expect(bench.store().resets.find(second.id)).resolves.toStrictEqual(second);
      await expect(
        bench.store().resets.underWay(second.target.customer.id, second.target.user.id),
      ).resolves.toStrictEqual(busy);
      expect(await bench.readTrail()).toHaveLength(2);
    });

    it.each<[ResetState]>([['delivered'], ['hidden'], ['refused'], ['cancelled'], ['declined'], ['expired']])(
      'finds the user free while another request is %s',
      async (state) => {
        const other = await bench.add(buildNumberedRequest(1, { state }));
        await expect(
          bench.store().resets.underWay(other.target.customer.id, other.target.user.id),
        ).resolves.toBeUndefined();
        const second = await bench.add(buildNumberedRequest(2));
        await expect(bench.step(second, { state: 'approved' })).resolves.toMatchObject({ kind: 'swapped' });
      },
    );

    it('lets one of two requests for a user win when both are confirmed at once', async () => {
      const requests = await Promise.all(
        ['ann', 'bea', 'cem'].map((name, index) => {
          const { technician } = buildResetRequest();
          return bench.add(buildNumberedRequest(index, { technician: { ...technician, objectId: asId(name) } }));
        }),
      );
      const outcomes = await Promise.all(requests.map((request) => bench.step(request, { state: 'approved' })));
      expect(outcomes.map((outcome) => outcome.kind).sort()).toStrictEqual(['swapped', 'user-busy', 'user-busy']);
    });

    it('tells whoever is both late and second that they are late', async () => {
      const late = await bench.add(buildNumberedRequest(1));
      await bench.step(late, { state: 'expired' });
      await bench.add(buildNumberedRequest(2, { state: 'approved' }));
      await expect(bench.step(late, { state: 'approved' })).resolves.toStrictEqual({ kind: 'stale' });
    });

    it('makes no step that the states do not know, or that is for somebody else', async () => {
      const before = await bench.add(buildResetRequest());
      const next = { ...before, version: 2 };
      for (const after of [
        { ...next, state: 'delivered' as const },
        { ...next, version: 3 },
        { ...next, version: 1 },
        { ...next, id: asId<ResetRequestId>('other') },
        { ...next, target: retarget(before, 'other') },
        { ...next, technician: { ...before.technician, objectId: asId<typeof before.technician.objectId>('other') } },
      ]) {
        await expect(bench.store().resets.swap(before, { after, entry: bench.entry('confirmed') })).rejects.toThrow(
          'step',
        );
      }
      await expect(bench.store().resets.find(before.id)).resolves.toStrictEqual(before);
    });
  });
}
