import type { UserSort } from '../data/create-user-directory.ts';
import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import type { Quirks } from '../http/quirks.ts';
import { refuse } from '../http/refuse.ts';
import { customerNotFound } from './not-found.ts';
import type { House } from './house.ts';
import { readListQuery } from './read-list-query.ts';
import { writeCollection } from './write-collection.ts';
import { writeUser } from './write-user.ts';

const sortFields: readonly UserSort['field'][] = ['displayName', 'userPrincipalName', 'firstName', 'lastName'];

/**
 * `GET /v1/customers/{id}/users`: by pages, deleted users only where the filter asks for them. There is no search by name.
 * https://learn.microsoft.com/partner-center/developer/get-a-list-of-all-user-accounts-for-a-customer
 */
export function listUsers({ data, tokenKey }: House, call: Call, quirks: Quirks, customerId: string): Answer {
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
