import type { Limit } from './limit.ts';
import type { Policy } from './policy.ts';

const hour = 60 * 60_000;

/** The limits that a confirmation is held against: 60 minutes for everything but one user, and 24 hours for that. */
export function limitsOf({ limits }: Pick<Policy, 'limits'>): readonly Limit[] {
  return [
    { kind: 'technician', most: limits.perTechnicianPerHour, windowMilliseconds: hour },
    { kind: 'customer', most: limits.perCustomerPerHour, windowMilliseconds: hour },
    { kind: 'user', most: limits.perUserPerDay, windowMilliseconds: 24 * hour },
    { kind: 'overall', most: limits.overallPerHour, windowMilliseconds: hour },
  ];
}
