import { createUserDirectory, type UserDirectory } from './create-user-directory.ts';
import { makeCustomers } from './make-customers.ts';
import type { PretendCustomer } from './pretend-customer.ts';
import type { PretendUser } from './pretend-user.ts';

/** Everything there is in a pretend Partner Center. */
export type PretendData = {
  readonly customers: readonly PretendCustomer[];
  customer(customerId: string): PretendCustomer | undefined;
  /** The users of a customer; undefined where there is no such customer. */
  users(customerId: string): UserDirectory | undefined;
  /** One user, deleted ones too. */
  user(customerId: string, userId: string): PretendUser | undefined;
};

/** Makes the data of a seed: customers at once, users when they are asked for. */
export function createPretendData(seed: number, now: number): PretendData {
  const customers = makeCustomers(seed);
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  const directories = new Map<string, UserDirectory>();
  const users = (customerId: string): UserDirectory | undefined => {
    const customer = byId.get(customerId.toLowerCase());
    if (customer === undefined) return undefined;
    const kept = directories.get(customer.id) ?? createUserDirectory(customer, now);
    directories.set(customer.id, kept);
    return kept;
  };
  return {
    customers,
    customer: (customerId) => byId.get(customerId.toLowerCase()),
    users,
    user: (customerId, userId) => users(customerId)?.get(userId),
  };
}
