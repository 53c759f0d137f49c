import { describe, expect, it } from '@jest/globals';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import { rightsOf } from '../../../src/reset/policy/rights-of.ts';
import { sandboxPolicy } from '../../../src/reset/policy/sandbox-policy.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const { technician: robin } = buildResetRequest();
const desk = 'de500000-0000-4000-8000-00000000000c';
const me = { kind: 'person', objectId: robin.objectId } as const;
const byGroup = { kind: 'group', objectId: desk } as const;
const none = { mayReset: false, mayApprove: false, mayAudit: false };

const ask = (given: Partial<Policy>, groups: readonly string[] | 'unknown' = []) =>
  rightsOf(
    {
      policy: () => ({ ...sandboxPolicy, technicians: [], approvers: [], auditors: [], ...given }),
      groups: { memberOf: () => Promise.resolve(groups === 'unknown' ? groups : new Set(groups)) },
    },
    robin,
  );

describe('what somebody may do', () => {
  it('is nothing where the policy does not name them', async () => {
    expect(await ask({})).toEqual(none);
    expect(await ask({ customers: { a: { ticket: 'off' }, b: { technicians: [] } } })).toEqual(none);
  });

  it('is each thing by its own list', async () => {
    expect(await ask({ technicians: [me] })).toEqual({ ...none, mayReset: true });
    expect(await ask({ approvers: [me] })).toEqual({ ...none, mayApprove: true });
    expect(await ask({ auditors: [me] })).toEqual({ ...none, mayAudit: true });
  });

  it('is to reset where one customer at least names them', async () => {
    const customers = { a: { ticket: 'off' }, b: { technicians: [me] } } as const;
    expect(await ask({ customers })).toEqual({ ...none, mayReset: true });
  });

  it('is nothing by a group where nobody can say what they are in', async () => {
    const all = { technicians: [byGroup], approvers: [byGroup], auditors: [byGroup] };
    expect(await ask(all, 'unknown')).toEqual(none);
    expect(await ask(all, [desk])).toEqual({ mayReset: true, mayApprove: true, mayAudit: true });
  });
});
