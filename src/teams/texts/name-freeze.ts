import type { Freeze } from '../../reset/ports/stores.ts';
import { plainName } from './plain-name.ts';

/** What a freeze stops: everything, or one customer with their domain, or their tenant id where they have none. */
export function nameFreeze({ customer }: Freeze): string {
  if (customer === undefined) return 'Every customer';
  return `${plainName(customer.name)} (${plainName(customer.domain || `tenant ${customer.id}`)})`;
}
