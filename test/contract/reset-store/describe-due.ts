import { describe, expect, it } from '@jest/globals';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const minute = 60_000;

/** How every store says what is due. */
export function describeDue(bench: StoreBench): void {
  describe('what is due', () => {
    const due = async (atMost = 10) => (await bench.store().resets.due(bench.now, atMost)).map((request) => request.id);
    const addDue = (number: number, dueAt: number | undefined, given: Partial<ResetRequest> = {}) =>
      bench.add(
        buildNumberedRequest(number, { dueAt, target: retarget(buildResetRequest(), `user-${number}`), ...given }),
      );

    it('comes with the longest due first, no more than asked for', async () => {
      await addDue(1, bench.now - minute);
      await addDue(2, bench.now - 3 * minute);
      await addDue(3, bench.now - 2 * minute);
      await expect(due()).resolves.toStrictEqual(['request-2', 'request-3', 'request-1']);
      await expect(due(2)).resolves.toStrictEqual(['request-2', 'request-3']);
    });

    it('leaves out a row that cannot be read, and goes on with the others', async () => {
      await addDue(1, bench.now - 2 * minute);
      await addDue(2, bench.now - minute);
      await bench.house().tamper(`update reset_requests set details = '{}' where id = 'request-1'`);
      await expect(due()).resolves.toStrictEqual(['request-2']);
    });

    it('leaves out what is due later or never', async () => {
      await addDue(1, bench.now + 60 * minute);
      await addDue(2, undefined);
      await expect(due()).resolves.toStrictEqual([]);
    });

    it('leaves out what somebody works on, until their lease has ended', async () => {
      await addDue(1, bench.now - minute, { lease: { owner: 'other', until: bench.now + 60 * minute } });
      await addDue(2, bench.now - minute, { lease: { owner: 'other', until: bench.now - 1 } });
      await expect(due()).resolves.toStrictEqual(['request-2']);
    });
  });
}
