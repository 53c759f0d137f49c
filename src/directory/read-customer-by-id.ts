import type { CustomerId } from '../ids.ts';
import { PartnerError, type AggregatePartner, type Customer } from '../partner-center/index.ts';

/** Reads one customer, custom domains too; undefined where the partner has none with this id. Throws `PartnerError`. */
export async function readCustomerById(partner: AggregatePartner, id: CustomerId): Promise<Customer | undefined> {
  try {
    return await partner.customers.byId(id).get();
  } catch (failure) {
    if (failure instanceof PartnerError && (failure.code === 'customer-not-found' || failure.code === 'not-found')) {
      return undefined;
    }
    throw failure;
  }
}
