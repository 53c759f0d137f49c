import type { Target } from '../../reset/target.ts';
import { cleanName } from './clean-name.ts';

/** Who it is and where, cleaned, for every card that names a person. */
export function targetData({ customer, user }: Target) {
  return {
    person: cleanName(user.displayName),
    address: cleanName(user.userPrincipalName),
    customer: cleanName(customer.name),
    domain: cleanName(customer.domain),
    tenant: cleanName(customer.id),
  } as const;
}
