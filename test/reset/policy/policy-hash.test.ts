import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { policyHash } from '../../../src/reset/policy/policy-hash.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { sandboxPolicy } from '../../../src/reset/policy/sandbox-policy.ts';

describe('the hash of a policy', () => {
  it('is the same whatever the order of its keys, and of those of its customers', () => {
    const customers = { a: { ticket: 'off' }, b: { approval: 'always' } } as const;
    const turned = Object.fromEntries(Object.entries({ ...sandboxPolicy, customers }).toReversed());
    expect(policyHash({ ...sandboxPolicy, ...turned, customers: { b: customers.b, a: customers.a } })).toBe(
      policyHash({ ...sandboxPolicy, customers }),
    );
  });

  it('is that of its JSON with every key in order, which others can work out', () => {
    const json =
      '{"approval":"privileged","approveWithinMinutes":60,"approvers":[{"kind":"everyone"}],' +
      '"auditors":[{"kind":"person","objectId":"0a"}],"confirmWithinMinutes":10,"customers":{},' +
      '"limits":{"overallPerHour":4,"perCustomerPerHour":2,"perTechnicianPerHour":1,"perUserPerDay":3},' +
      '"privilegedTargets":"approve","showPasswordForMinutes":15,"synchronisedUsers":"deny",' +
      '"technicians":[{"kind":"group","objectId":"0b"}],"ticket":"optional",' +
      '"verification":{"methods":["In person","By post"],"required":true}}';
    const policy: Policy = {
      ...sandboxPolicy,
      technicians: [{ kind: 'group', objectId: '0b' }],
      auditors: [{ objectId: '0a', kind: 'person' }],
      verification: { required: true, methods: ['In person', 'By post'] },
      limits: { perUserPerDay: 3, overallPerHour: 4, perTechnicianPerHour: 1, perCustomerPerHour: 2 },
    };
    expect(policyHash(policy)).toBe(createHash('sha256').update(json).digest('hex'));
  });

  it('is another for another policy', () => {
    expect(policyHash({ ...sandboxPolicy, ticket: 'required' })).not.toBe(policyHash(sandboxPolicy));
    expect(policyHash(sandboxPolicy)).toMatch(/^[\da-f]{64}$/);
  });
});
