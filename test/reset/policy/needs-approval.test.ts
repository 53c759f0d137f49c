import { describe, expect, it } from '@jest/globals';
import { needsApproval } from '../../../src/reset/policy/needs-approval.ts';

const reader = { id: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', name: 'Directory Readers' };
const helpdesk = { id: '729827e3-9c14-49f7-bb1b-9608f156bbb8', name: 'Helpdesk Administrator' };

describe('a second person', () => {
  it('is needed for everybody where the policy always wants one', () => {
    expect(needsApproval({ approval: 'always' }, { roles: [] })).toBe(true);
  });

  it.each(['privileged', 'never'] as const)('is needed for administrators whatever it says: %s', (approval) => {
    expect(needsApproval({ approval }, { roles: [reader, helpdesk] })).toBe(true);
    expect(needsApproval({ approval }, { roles: 'unknown' })).toBe(true);
    expect(needsApproval({ approval }, { roles: [reader] })).toBe(false);
    expect(needsApproval({ approval }, { roles: [] })).toBe(false);
  });
});
