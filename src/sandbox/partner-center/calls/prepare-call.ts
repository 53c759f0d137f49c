import type { Secret } from '../../../secret.ts';
import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import { checkCall } from '../http/check-call.ts';
import { isGuid } from '../http/is-guid.ts';
import type { Quirks } from '../http/quirks.ts';
import { refuse } from '../http/refuse.ts';
import { changeUser } from './change-user.ts';
import { findRoute, type Route } from './find-route.ts';
import { getDirectoryRoles } from './get-directory-roles.ts';
import type { House } from './house.ts';
import { listCustomers } from './list-customers.ts';
import { listUsers } from './list-users.ts';
import { customerNotFound, userNotFound } from './not-found.ts';
import { readReset, readUserChange } from './read-user-change.ts';
import { writeCustomer } from './write-customer.ts';
import { writeUser } from './write-user.ts';

/** A call that is refused for its form, or one that is ready to be carried out: nothing has happened before that. */
export type Prepared =
  { readonly kind: 'refused'; readonly answer: Answer } | { readonly kind: 'ready'; readonly carryOut: () => Answer };

const methods: Readonly<Record<Route['kind'], readonly string[]>> = {
  customers: ['GET'],
  customer: ['GET'],
  users: ['GET'],
  user: ['GET', 'PATCH'],
  'directory-roles': ['GET'],
  'reset-password': ['PATCH'],
};

/** Checks a call's address, method, headers and body, in this order. */
export function prepareCall(
  house: House,
  call: Call,
  quirks: Quirks,
  acceptsToken: (token: Secret) => boolean,
): Prepared {
  const route = findRoute(call.path);
  if (route === undefined) return refused(plain(404, 'No HTTP resource was found that matches the request URI.'));
  const allowed = methods[route.kind];
  if (!allowed.includes(call.method)) {
    const answer = plain(405, 'The requested resource does not support this HTTP method.');
    return refused({ ...answer, headers: { Allow: allowed.join(', ') } });
  }
  const refusal = checkCall(call, acceptsToken) ?? checkIds(route) ?? checkQuery(route, call);
  if (refusal !== undefined) return refused(refusal);
  if (call.method !== 'PATCH') return { kind: 'ready', carryOut: () => read(house, call, route, quirks) };
  if (route.kind !== 'user' && route.kind !== 'reset-password') return refused(plain(405, 'No such change.'));
  const change = route.kind === 'user' ? readUserChange(call.body) : readReset(call.body);
  if (change.kind === 'refused') return change;
  return { kind: 'ready', carryOut: () => changeUser(house, route, change.asked, quirks) };
}

function read(house: House, call: Call, route: Route, quirks: Quirks): Answer {
  switch (route.kind) {
    case 'customers':
      return listCustomers(house, call, quirks);
    case 'customer': {
      const customer = house.data.customer(route.customerId);
      if (customer === undefined) return customerNotFound(route.customerId);
      const json = writeCustomer(customer, quirks.versionInLinks ? '/v1' : '');
      return { status: 200, body: { kind: 'json', json } };
    }
    case 'users':
      return listUsers(house, call, quirks, route.customerId);
    case 'user':
    case 'directory-roles':
    case 'reset-password': {
      if (house.data.customer(route.customerId) === undefined) return customerNotFound(route.customerId);
      const user = house.data.user(route.customerId, route.userId);
      if (user === undefined) return userNotFound(route.userId);
      if (route.kind === 'directory-roles') return getDirectoryRoles(user);
      return { status: 200, body: { kind: 'json', json: writeUser(route.customerId, user, quirks) } };
    }
  }
}

function checkIds(route: Route): Answer | undefined {
  if ('customerId' in route && !isGuid(route.customerId)) return refuse(400, 900_118, 'Invalid Customer Id.');
  if ('userId' in route && !isGuid(route.userId)) return refuse(400, 2000, 'The user id must be a GUID.');
  return undefined;
}

function checkQuery(route: Route, call: Call): Answer | undefined {
  if (route.kind === 'customers' || route.kind === 'users' || call.query.size === 0) return undefined;
  return refuse(400, 2000, 'This address takes no query.');
}

function plain(status: number, message: string): Answer {
  return { status, body: { kind: 'json', json: { message } } };
}

function refused(answer: Answer): Prepared {
  return { kind: 'refused', answer };
}
