import { isAmong } from './is-among.ts';
import type { Policy } from './policy.ts';
import { policyForCustomer } from './policy-for-customer.ts';
import type { Finding } from './ports.ts';
import type { Target } from './target.ts';
import type { Technician } from './technician.ts';

type QuestionBack = Exclude<Finding, { kind: 'found' }>;

/** The same finding without people of customers that this technician may not touch; undefined where nobody is left of it. */
export function keepPermitted(
  finding: QuestionBack,
  { objectId }: Technician,
  policy: Policy,
): QuestionBack | undefined {
  switch (finding.kind) {
    case 'which-user': {
      const choices = finding.choices.filter(may);
      return choices.length === 0 ? undefined : { ...finding, choices };
    }
    case 'no-user':
      return may(finding) ? finding : undefined;
    case 'which-customer':
    case 'no-customer':
    case 'customer-missing':
    case 'trouble':
      return finding;
  }

  function may({ customer }: Pick<Target, 'customer'>): boolean {
    return isAmong(objectId, policyForCustomer(policy, customer.id).technicians, new Set());
  }
}
