import { describe, expect, it } from '@jest/globals';
import { policyForCustomer } from '../../../src/reset/policy/policy-for-customer.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { sandboxPolicy } from '../../../src/reset/policy/sandbox-policy.ts';

const contoso = '0a1b2c3d-0000-4000-8000-00000000000c';
const policy: Policy = { ...sandboxPolicy, customers: { [contoso]: { approval: 'always', technicians: [] } } };

describe('the policy for a customer', () => {
  it('has what the customer says otherwise and all the rest', () => {
    expect(policyForCustomer(policy, contoso)).toEqual({ ...policy, approval: 'always', technicians: [] });
  });

  it('finds the customer whatever the case of the tenant id', () => {
    expect(policyForCustomer(policy, contoso.toUpperCase()).approval).toBe('always');
  });

  it.each(['0a1b2c3d-0000-4000-8000-00000000000d', '__proto__', 'constructor', ''])(
    'is the general one for %p',
    (tenantId) => {
      expect(policyForCustomer(policy, tenantId)).toBe(policy);
    },
  );
});
