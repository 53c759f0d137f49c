import type { Policy } from './policy.ts';

/** The policy as it holds for the customer with this tenant id: its own settings in place of the general ones. */
export function policyForCustomer(policy: Policy, tenantId: string): Policy {
  const key = tenantId.toLowerCase();
  return Object.hasOwn(policy.customers, key) ? { ...policy, ...policy.customers[key] } : policy;
}
