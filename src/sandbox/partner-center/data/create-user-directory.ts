import { makeUser } from './make-user.ts';
import type { PretendCustomer } from './pretend-customer.ts';
import type { PretendUser } from './pretend-user.ts';
import { indexOfUserId } from './user-ids.ts';
import { userKindAt } from './user-kind-at.ts';

/** What may be changed about a pretend user. */
export type UserChange = Partial<
  Pick<PretendUser, 'displayName' | 'firstName' | 'lastName' | 'usageLocation' | 'userPrincipalName' | 'state'>
>;

/** The order of a list of users. */
export type UserSort = {
  readonly field: 'displayName' | 'userPrincipalName' | 'firstName' | 'lastName';
  readonly direction: 'ascending' | 'descending';
};

/** The users of one customer. They are made when they are asked for; only their numbers and changes are kept. */
export type UserDirectory = {
  get(userId: string): PretendUser | undefined;
  /** How many there are in this state. */
  count(state: PretendUser['state']): number;
  /** At most `size` of them from the one at `start` on; the order is always the same. */
  slice(state: PretendUser['state'], sort: UserSort | undefined, start: number, size: number): readonly PretendUser[];
  /** Changes a user and gives it as it is now; undefined where there is none. */
  change(userId: string, change: UserChange): PretendUser | undefined;
};

/** Opens the users of a customer; `now`, in milliseconds, is what their dates are counted back from. */
export function createUserDirectory(customer: PretendCustomer, now: number): UserDirectory {
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
    if (sort !== undefined) order(made, sort, at);
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

function order(indices: Uint32Array, sort: UserSort, at: (index: number) => PretendUser): void {
  const texts = new Map(Array.from(indices, (index) => [index, at(index)[sort.field] ?? '']));
  const way = sort.direction === 'ascending' ? 1 : -1;
  indices.sort((one, other) => {
    const [first = '', second = ''] = [texts.get(one), texts.get(other)];
    return first === second ? one - other : first < second ? -way : way;
  });
}
