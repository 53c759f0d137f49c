import { describe, expect, it } from '@jest/globals';
import { asId, type ResetRequestId } from '../../../src/ids.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { buildFullResetRequest } from '../../support/build-full-reset-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import type { StoreBench } from './store-bench.ts';

/** How every store finds requests again as they were written. */
export function describeFinding(bench: StoreBench): void {
  describe('finding', () => {
    it('gives back what was added, every field of it', async () => {
      for (const request of [buildResetRequest(), buildFullResetRequest()]) {
        await bench.add(request);
        await expect(bench.store().resets.find(request.id)).resolves.toStrictEqual(request);
      }
    });

    it('gives back what was swapped in, every field of it', async () => {
      const before = await bench.add(buildResetRequest());
      const after = { ...buildFullResetRequest(), ...idsOf(before), state: 'approved' as const };
      const outcome = await bench.step(before, after);
      expect(outcome.kind).toBe('swapped');
      await expect(bench.store().resets.find(before.id)).resolves.toStrictEqual({ ...after, version: 2 });
    });

    it('gives back undefined again where a step takes something away', async () => {
      const full = await bench.add({ ...buildFullResetRequest(), state: 'needs-attention' });
      const bare = { ...buildResetRequest(), ...idsOf(full), state: 'delivering' as const };
      await bench.step(full, bare);
      await expect(bench.store().resets.find(full.id)).resolves.toStrictEqual({ ...bare, version: 2 });
    });

    it('knows nothing of an id that nobody added', async () => {
      await expect(bench.store().resets.find(asId<ResetRequestId>('nobody'))).resolves.toBeUndefined();
    });

    it('keeps names as they are written in any script', async () => {
      const request = buildResetRequest();
      const name = `Żółć 李 👩‍🔧 O'Brien \\ "quoted" \u2028 end`;
      const user = { ...request.target.user, displayName: name };
      await bench.add({ ...request, target: { ...request.target, user } });
      expect((await bench.store().resets.find(request.id))?.target.user.displayName).toBe(name);
    });

    it.each([
      ['details that lack a field', `update reset_requests set details = '{}'`],
      ['details that are no JSON', `update reset_requests set details = '{'`],
      ['a state that nobody knows', `update reset_requests set state = 'magic'`],
      ['another customer than its details', `update reset_requests set customer_id = 'other'`],
      ['half a sealed password', `update reset_requests set sealed_nonce = 'x'`],
      ['half a lease', `update reset_requests set lease_owner = 'x'`],
    ])('refuses a row with %s', async (_what, statement) => {
      const request = await bench.add(buildResetRequest());
      await bench.house().tamper(statement);
      await expect(bench.store().resets.find(request.id)).rejects.toMatchObject({
        name: 'StoreError',
        code: 'row-unreadable',
      });
    });
  });
}

function idsOf({ id, askedBy, askedIn, technician, target }: ResetRequest) {
  return { id, askedBy, askedIn, technician, target };
}
