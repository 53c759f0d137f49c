import { describe, expect, it } from '@jest/globals';
import { policyHash } from '../../src/reset/policy-hash.ts';
import { sandboxPolicy } from '../../src/reset/sandbox-policy.ts';

describe('the hash of a policy', () => {
  it('is the same whatever the order of its keys, and of those of its customers', () => {
    const customers = { a: { ticket: 'off' }, b: { approval: 'always' } } as const;
    const turned = Object.fromEntries(Object.entries({ ...sandboxPolicy, customers }).toReversed());
    expect(policyHash({ ...sandboxPolicy, ...turned, customers: { b: customers.b, a: customers.a } })).toBe(
      policyHash({ ...sandboxPolicy, customers }),
    );
  });

  it('is another for another policy', () => {
    expect(policyHash({ ...sandboxPolicy, ticket: 'required' })).not.toBe(policyHash(sandboxPolicy));
    expect(policyHash(sandboxPolicy)).toMatch(/^[\da-f]{64}$/);
  });
});
