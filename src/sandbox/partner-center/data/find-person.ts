import type { PretendData } from './create-pretend-data.ts';
import type { PretendCustomer } from './pretend-customer.ts';
import type { PretendUser } from './pretend-user.ts';

/** Finds a user by UPN at the customer whose domain it has, deleted ones too; throws `RangeError` where there is none. */
export function findPerson(
  data: PretendData,
  userPrincipalName: string,
): { readonly customer: PretendCustomer; readonly user: PretendUser } {
  const wanted = userPrincipalName.toLowerCase();
  const domain = wanted.slice(wanted.lastIndexOf('@') + 1);
  const customer = data.customers.find((one) => one.domain === domain || one.federatedDomain === domain);
  const users = customer === undefined ? undefined : data.users(customer.id);
  const user = (['active', 'inactive'] as const)
    .flatMap((state) => users?.slice(state, undefined, 0, users.count(state)) ?? [])
    .find((one) => one.userPrincipalName.toLowerCase() === wanted);
  if (customer === undefined || user === undefined) throw new RangeError('Nobody has this UPN.');
  return { customer, user };
}
