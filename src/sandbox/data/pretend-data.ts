import { makeCustomers, type PretendCustomer } from './customers.ts';
import { indexOfUserId, makeUser, type PretendUser, userKindAt } from './users.ts';

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

/** What may be changed about a pretend user. */
export type UserChange = Partial<
  Pick<
    PretendUser,
    'displayName' | 'firstName' | 'lastName' | 'usageLocation' | 'userPrincipalName' | 'state' | 'inEntra'
  >
>;

/** The order of a list of users. */
export type UserSort = {
  readonly field: 'displayName' | 'userPrincipalName' | 'firstName' | 'lastName';
  readonly direction: 'ascending' | 'descending';
};

/** The users of one customer. They are made when they are asked for; only their numbers and changes are kept. */
type UserDirectory = {
  get(userId: string): PretendUser | undefined;
  /** How many there are in this state. */
  count(state: PretendUser['state']): number;
  /** At most `size` of them from the one at `start` on; the order is always the same. */
  slice(state: PretendUser['state'], sort: UserSort | undefined, start: number, size: number): readonly PretendUser[];
  /** Changes a user and gives it as it is now; undefined where there is none. */
  change(userId: string, change: UserChange): PretendUser | undefined;
};

/** Opens the users of a customer; `now`, in milliseconds, is what their dates are counted back from. */
function createUserDirectory(customer: PretendCustomer, now: number): UserDirectory {
  const changes = new Map<number, UserChange>();
  const lists = new Map<string, Uint32Array>();

  const at = (index: number): PretendUser => {
    const user = makeUser(customer, index, now);
    const change = changes.get(index);
    if (change === undefined) return user;
    return { ...user, ...change, softDeletionTime: change.state === 'active' ? null : user.softDeletionTime };
  };
  const stateAt = (index: number): PretendUser['state'] =>
    changes.get(index)?.state ?? (userKindAt(customer, index) === 'deleted' ? 'inactive' : 'active');
  const list = (state: PretendUser['state'], sort: UserSort | undefined): Uint32Array => {
    const key = `${state} ${sort?.field} ${sort?.direction}`;
    const kept = lists.get(key);
    if (kept !== undefined) return kept;
    const all = Uint32Array.from({ length: customer.userCount }, (_, index) => index);
    const made = all.filter((index) => stateAt(index) === state);
    if (sort !== undefined) sortIndices(made, sort, at);
    lists.set(key, made);
    return made;
  };
  const indexOf = (userId: string): number | undefined => indexOfUserId(customer.seed, userId, customer.userCount);

  return {
    get(userId) {
      const index = indexOf(userId);
      return index === undefined ? undefined : at(index);
    },
    count: (state) => list(state, undefined).length,
    slice: (state, sort, start, size) => Array.from(list(state, sort).subarray(start, start + size), at),
    change(userId, change) {
      const index = indexOf(userId);
      if (index === undefined) return undefined;
      changes.set(index, { ...changes.get(index), ...change });
      if (Object.keys(change).length > 0) lists.clear();
      return at(index);
    },
  };
}

function sortIndices(indices: Uint32Array, sort: UserSort, at: (index: number) => PretendUser): void {
  const texts = new Map(Array.from(indices, (index) => [index, at(index)[sort.field] ?? '']));
  const way = sort.direction === 'ascending' ? 1 : -1;
  indices.sort((one, other) => {
    const [first = '', second = ''] = [texts.get(one), texts.get(other)];
    return first === second ? one - other : first < second ? -way : way;
  });
}

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
