import { isGuid, Secret } from '../../base/index.ts';
import type { Answer, Call } from '../loopback-http.ts';
import { customerNotFound, refuse, userNotFound } from './answers-and-faults.ts';
import { getDirectoryRoles, listCustomers, listUsers, type PartnerCenterState } from './queries.ts';
import { type Quirks, writeCustomer, writeUser } from './resources.ts';
import { prepareConsent } from './application-consents.ts';
import { changeUser, readPasswordReset, readUserChange } from './user-changes.ts';

/** A call that is refused for its form, or one that is ready to be carried out: nothing has happened before that. */
type PreparedCall =
  { readonly kind: 'refused'; readonly answer: Answer } | { readonly kind: 'ready'; readonly carryOut: () => Answer };

const allowedMethods: Readonly<Record<Route['kind'], readonly string[]>> = {
  customers: ['GET'],
  customer: ['GET'],
  users: ['GET'],
  user: ['GET', 'PATCH'],
  'directory-roles': ['GET'],
  'reset-password': ['PATCH'],
  'application-consents': ['POST'],
};

/** Checks a call's address, method, headers and body, in this order. */
export function prepareCall(
  house: PartnerCenterState,
  call: Call,
  quirks: Quirks,
  acceptsToken: (token: Secret) => boolean,
): PreparedCall {
  const route = findRoute(call.path);
  if (route === undefined) return refused(plainAnswer(404, 'No HTTP resource was found that matches the request URI.'));
  const allowed = allowedMethods[route.kind];
  if (!allowed.includes(call.method)) {
    const answer = plainAnswer(405, 'The requested resource does not support this HTTP method.');
    return refused({ ...answer, headers: { Allow: allowed.join(', ') } });
  }
  const refusal = checkCall(call, acceptsToken) ?? checkIds(route) ?? checkQuery(route, call);
  if (refusal !== undefined) return refused(refusal);
  if (route.kind === 'application-consents')
    return prepareConsent(house.consents, house.data, route.customerId, call.body);
  if (call.method !== 'PATCH') return { kind: 'ready', carryOut: () => answerRead(house, call, route, quirks) };
  if (route.kind !== 'user' && route.kind !== 'reset-password') return refused(plainAnswer(405, 'No such change.'));
  const change = route.kind === 'user' ? readUserChange(call.body) : readPasswordReset(call.body);
  if (change.kind === 'refused') return change;
  return { kind: 'ready', carryOut: () => changeUser(house, route, change.asked, quirks) };
}

function answerRead(
  house: PartnerCenterState,
  call: Call,
  route: Exclude<Route, { readonly kind: 'application-consents' }>,
  quirks: Quirks,
): Answer {
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

function plainAnswer(status: number, message: string): Answer {
  return { status, body: { kind: 'json', json: { message } } };
}

function refused(answer: Answer): PreparedCall {
  return { kind: 'refused', answer };
}

/** An address that Partner Center knows. */
type Route =
  | { readonly kind: 'customers' }
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'users'; readonly customerId: string }
  | { readonly kind: 'application-consents'; readonly customerId: string }
  | {
      readonly kind: 'user' | 'directory-roles' | 'reset-password';
      readonly customerId: string;
      readonly userId: string;
    };

/** Reads a path; undefined where no such address exists. Ids are decoded, whether they are GUIDs or not. */
function findRoute(path: string): Route | undefined {
  const segments = path.split('/').map(decodeSegment);
  const [empty, version, customers, customerId, users, userId, last] = segments;
  if (empty !== '' || version !== 'v1' || customers !== 'customers') return undefined;
  if (segments.length === 3) return { kind: 'customers' };
  if (customerId === undefined || customerId === '') return undefined;
  if (segments.length === 4) return { kind: 'customer', customerId };
  if (users === 'applicationconsents' && segments.length === 5) return { kind: 'application-consents', customerId };
  if (users !== 'users') return undefined;
  if (segments.length === 5) return { kind: 'users', customerId };
  if (userId === undefined || userId === '') return undefined;
  if (segments.length === 6) return { kind: 'user', customerId, userId };
  if (segments.length > 7) return undefined;
  if (last === 'directoryroles') return { kind: 'directory-roles', customerId, userId };
  if (last === 'resetpassword') return { kind: 'reset-password', customerId, userId };
  return undefined;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/**
 * What every call has to bring: a token, two GUIDs, `Accept: application/json`, and the type of a body where there is
 * one. Gives the refusal, or undefined. https://learn.microsoft.com/partner-center/developer/headers
 */
function checkCall(call: Call, acceptsToken: (token: Secret) => boolean): Answer | undefined {
  const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(call.headers['authorization'] ?? '');
  const challenge = { 'WWW-Authenticate': 'Bearer' };
  if (bearer?.[1] === undefined) {
    return { ...refuse(401, 800_001, 'Partner Token missing in request context.'), headers: challenge };
  }
  if (!acceptsToken(new Secret(bearer[1]))) return { ...refuse(401, 400, 'Access denied.'), headers: challenge };
  for (const name of ['MS-RequestId', 'MS-CorrelationId']) {
    const id = call.headers[name.toLowerCase()];
    if (id === undefined) return refuse(400, 2001, `The header ${name} is missing.`, [name]);
    if (!isGuid(id)) return refuse(400, 2000, `The header ${name} must be a GUID.`, [name]);
  }
  const version = call.headers['ms-contract-version'];
  if (version !== undefined && version !== 'v1') return refuse(400, 2000, 'The contract version is not supported.');
  if (!isJsonType(call.headers['accept']))
    return refuse(406, 2000, 'Only application/json can be answered.', ['Accept']);
  if (call.method !== 'GET') return checkBodyHeaders(call);
  return call.body === '' ? undefined : refuse(400, 2000, 'This request takes no body.');
}

function checkBodyHeaders(call: Call): Answer | undefined {
  if (call.headers['content-encoding'] !== undefined || !isJsonType(call.headers['content-type'])) {
    return refuse(415, 2000, 'The body must be plain application/json.', ['Content-Type']);
  }
  return undefined;
}

function isJsonType(header: string | undefined): boolean {
  return header !== undefined && /^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(header.trim());
}
