import { isPermitted, type NotPermitted } from './is-permitted.ts';
import { policyForCustomer } from './policy-for-customer.ts';
import type { Finding } from '../ports/finding.ts';
import type { Customer } from '../people/target.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

type QuestionBack = Exclude<Finding, { kind: 'found' }>;

/** The same finding without people of customers that this technician may not touch; why, where nobody is left of it. */
export async function keepPermitted(
  tools: Pick<Tools, 'groups' | 'policy'>,
  finding: QuestionBack,
  { objectId }: Technician,
): Promise<QuestionBack | { readonly kind: 'not-permitted'; readonly why: NotPermitted }> {
  switch (finding.kind) {
    case 'which-user': {
      const customers = new Map(finding.choices.map(({ customer }) => [customer.id, customer]));
      const judged = new Map(
        await Promise.all([...customers].map(async ([id, customer]) => [id, await permission(customer)] as const)),
      );
      const choices = finding.choices.filter(({ customer }) => judged.get(customer.id) === 'yes');
      if (choices.length > 0) return { ...finding, choices };
      const isUnknown = [...judged.values()].includes('groups-unknown');
      return { kind: 'not-permitted', why: isUnknown ? 'groups-unknown' : 'not-a-technician' };
    }
    case 'no-user': {
      const permitted = await permission(finding.customer);
      return permitted === 'yes' ? finding : { kind: 'not-permitted', why: permitted };
    }
    case 'which-customer':
    case 'no-customer':
    case 'unknown-domain':
    case 'customer-missing':
    case 'trouble':
      return finding;
  }

  function permission(customer: Customer): Promise<'yes' | NotPermitted> {
    return isPermitted(tools.groups, objectId, policyForCustomer(tools.policy(), customer.id).technicians);
  }
}
