import type { Freeze } from '../../reset/freeze.ts';
import { plainName } from './plain-name.ts';

/** What a freeze stops: everything, or one customer with their domain. */
export function nameFreeze({ customer }: Freeze): string {
  return customer === undefined ? 'Every customer' : `${plainName(customer.name)} (${plainName(customer.domain)})`;
}
