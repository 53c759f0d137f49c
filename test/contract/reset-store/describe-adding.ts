import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type ResetRequestId } from '../../../src/ids.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const minute = 60_000;

/** How every store takes requests. */
export function describeAdding(bench: StoreBench): void {
  describe('adding', () => {
    it('takes one activity once, however often it is delivered', async () => {
      const copies = Array.from({ length: 10 }, (_, index) =>
        buildResetRequest({ id: asId<ResetRequestId>(`copy-${index}`) }),
      );
      const outcomes = await Promise.all(copies.map((copy) => bench.store().resets.add(copy, bench.entry('proposed'))));
      expect(outcomes.filter((outcome) => outcome === 'added')).toHaveLength(1);
      expect(await bench.readTrail()).toHaveLength(1);
    });

    it('tells the same activity id in two conversations apart', async () => {
      const request = await bench.add(buildNumberedRequest(1));
      await bench.add(
        buildNumberedRequest(2, { askedBy: request.askedBy, askedIn: { ...request.askedIn, id: 'another' } }),
      );
    });

    it('expires what the same person has proposed for the same user', async () => {
      const first = await bench.add(buildNumberedRequest(1, { lease: { owner: 'one', until: bench.now + minute } }));
      await bench.add(buildNumberedRequest(2));
      await expect(bench.store().resets.find(first.id)).resolves.toStrictEqual({
        ...first,
        version: 2,
        state: 'expired',
        endedAt: bench.now,
        cardIsOwed: true,
        lease: undefined,
        dueAt: bench.now,
      });
      expect(
        (await bench.readTrail()).map((record) => [record.kind, record.requestId, record.stateAfter]),
      ).toStrictEqual([
        ['proposed', 'request-1', 'proposed'],
        ['expired', 'request-1', 'expired'],
        ['proposed', 'request-2', 'proposed'],
      ]);
    });

    it('leaves alone what others have proposed, what is for others and what has gone on', async () => {
      const request = buildNumberedRequest(0);
      const others = [
        buildNumberedRequest(1, { technician: { ...request.technician, objectId: asId('somebody-else') } }),
        buildNumberedRequest(2, { technician: { ...request.technician, tenantId: asId('another-tenant') } }),
        buildNumberedRequest(3, { target: retarget(request, 'another-user') }),
        buildNumberedRequest(4, {
          target: { ...request.target, customer: { ...request.target.customer, id: asId<CustomerId>('another') } },
        }),
        buildNumberedRequest(5, { state: 'cancelled' }),
        buildNumberedRequest(6, { state: 'approved' }),
      ];
      for (const other of others) await bench.add(other);
      await bench.add(request);
      for (const other of others) expect((await bench.store().resets.find(other.id))?.version).toBe(1);
    });

    it('leaves one proposal open when two are made at once', async () => {
      await Promise.all([1, 2, 3, 4].map((number) => bench.add(buildNumberedRequest(number))));
      const found = await Promise.all(
        [1, 2, 3, 4].map((number) => bench.store().resets.find(buildNumberedRequest(number).id)),
      );
      expect(found.filter((request) => request?.state === 'proposed')).toHaveLength(1);
    });

    it('wants a request to begin at version 1', async () => {
      await expect(
        bench.store().resets.add(buildResetRequest({ version: 2 }), bench.entry('proposed')),
      ).rejects.toThrow('version 1');
    });
  });
}
