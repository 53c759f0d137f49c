import { describe, expect, it } from '@jest/globals';
import { limitsOf } from '../../../src/reset/policy/limits-of.ts';

describe('the limits of a confirmation', () => {
  it('are those of the policy, within an hour, and for one user within a day', () => {
    const limits = { perTechnicianPerHour: 1, perCustomerPerHour: 2, perUserPerDay: 3, overallPerHour: 4 };
    expect(limitsOf({ limits })).toEqual([
      { kind: 'technician', most: 1, windowMilliseconds: 3_600_000 },
      { kind: 'customer', most: 2, windowMilliseconds: 3_600_000 },
      { kind: 'user', most: 3, windowMilliseconds: 86_400_000 },
      { kind: 'overall', most: 4, windowMilliseconds: 3_600_000 },
    ]);
  });
});
