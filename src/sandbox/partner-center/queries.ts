import type { PretendCustomer } from '../data/customers.ts';
import type { PartnerRole } from '../data/directory-roles.ts';
import type { PretendData, UserSort } from '../data/pretend-data.ts';
import type { PretendUser } from '../data/users.ts';
import type { Answer, Call } from '../loopback-http.ts';
import { customerNotFound, refuse } from './answers-and-faults.ts';
import { type FieldFilter, readListQuery, writeCollection } from './paging.ts';
import { type Quirks, writeListedCustomer, writeUser } from './resources.ts';
import type { Accounts } from './accounts.ts';

const searchFields = new Set(['CompanyName', 'Domain', 'IndirectReseller', 'IndirectCloudSolutionProvider']);

/**
 * `GET /v1/customers`: by pages, filtered by the beginning of one field or the whole of it, and by nothing else.
 * https://learn.microsoft.com/partner-center/developer/get-a-customer-by-name
 */
export function listCustomers({ data, tokenKey }: PartnerCenterState, call: Call, { versionInLinks }: Quirks): Answer {
  const read = readListQuery(call, { needsSize: true, sortFields: [], tokenKey });
  if (read.kind === 'refused') return read.answer;
  const { size, start, filter } = read.query;
  const operator = filter?.operator.toLowerCase();
  if (filter !== undefined && operator !== 'starts_with' && operator !== 'equals') {
    return refuse(400, 2000, 'Customer search only allows starts with and equals operation.');
  }
  if (filter !== undefined && !searchFields.has(filter.field)) {
    return refuse(400, 2000, `Customers cannot be searched by '${filter.field}'.`);
  }
  const found =
    filter === undefined ? data.customers : data.customers.filter((customer) => matchesFilter(customer, filter));
  const items = found.slice(start, size === 0 ? undefined : start + size).map(writeListedCustomer);
  const page = { totalCount: found.length, items };
  const json = writeCollection(call, read.query, page, { tokenKey, versionInLinks });
  return { status: 200, body: { kind: 'json', json } };
}

function matchesFilter(customer: PretendCustomer, { field, value, operator }: FieldFilter): boolean {
  // No customer here came by way of another partner, so the two fields that name one match none.
  const text = field === 'CompanyName' ? customer.name : field === 'Domain' ? customer.domain : '';
  const [has, wanted] = [text.toLowerCase(), value.toLowerCase()];
  return text !== '' && (operator.toLowerCase() === 'equals' ? has === wanted : has.startsWith(wanted));
}

const sortFields: readonly UserSort['field'][] = ['displayName', 'userPrincipalName', 'firstName', 'lastName'];

/**
 * `GET /v1/customers/{id}/users`: by pages, deleted users only where the filter asks for them. There is no search by name.
 * https://learn.microsoft.com/partner-center/developer/get-a-list-of-all-user-accounts-for-a-customer
 */
export function listUsers(
  { data, tokenKey }: PartnerCenterState,
  call: Call,
  quirks: Quirks,
  customerId: string,
): Answer {
  const read = readListQuery(call, { needsSize: false, sortFields, tokenKey });
  if (read.kind === 'refused') return read.answer;
  const { size, start, filter, sort } = read.query;
  const value = filter?.value.toLowerCase();
  if (filter !== undefined && (filter.field !== 'UserState' || filter.operator !== 'equals')) {
    return refuse(400, 2000, 'Users can be filtered by UserState and equals only.');
  }
  if (value !== undefined && value !== 'active' && value !== 'inactive') {
    return refuse(400, 2000, 'UserState is Active or Inactive.');
  }
  const users = data.users(customerId);
  if (users === undefined) return customerNotFound(customerId);
  const state = value ?? 'active';
  const totalCount = users.count(state);
  const field = sortFields.find((name) => name === sort?.field);
  const order = field === undefined || sort === undefined ? undefined : { field, direction: sort.direction };
  const items = users
    .slice(state, order, start, size === 0 ? totalCount : size)
    .map((user) => writeUser(customerId, user, quirks));
  const { versionInLinks } = quirks;
  const json = writeCollection(call, read.query, { totalCount, items }, { tokenKey, versionInLinks });
  return { status: 200, body: { kind: 'json', json } };
}

/**
 * `GET …/users/{id}/directoryroles`: a collection without links, each role with its template id.
 * https://learn.microsoft.com/partner-center/developer/get-user-roles-for-a-customer
 */
export function getDirectoryRoles({ roles }: PretendUser): Answer {
  const items = roles.map(({ id, name }) => ({ name, id, attributes: { objectType: 'DirectoryRole' } }));
  const json = { totalCount: items.length, items, attributes: { objectType: 'Collection' } };
  return { status: 200, body: { kind: 'json', json } };
}

/** What the calls of a pretend Partner Center work on. */
export type PartnerCenterState = {
  readonly data: PretendData;
  readonly accounts: Accounts;
  /** The scopes that were consented, by customer. */
  readonly consents: Map<string, readonly string[]>;
  /** The key of continuation tokens. */
  readonly tokenKey: string;
  readonly partnerRole: PartnerRole;
  /** What happens to a new password for a user from a local directory. Partner Center does not document it. */
  readonly synchronisedUsers: 'accept' | 'refuse';
};
