import { isGuid } from '../../base/index.ts';
import { type Answer, type Call, jsonAnswer } from '../loopback-http.ts';
import { answerList, denied, noSuchUser, refuseAs, refuseQuery, refuseRequest } from './answers-and-faults.ts';
import { listEligibleRoles, listMemberships, readDelta, readUser } from './reads.ts';
import { type Context, findPerson, type GraphState } from './state.ts';
import { type GraphPerson, type Scope, tenantOf } from './tenants-and-people.ts';
import { createPass, hidePass, resetPassword } from './writes.ts';

/** How a call is carried out; `fails` makes a reset fail after it was taken. */
export type CarryOut = (fails: string | undefined) => Answer;

type PreparedCall =
  { readonly kind: 'refused'; readonly answer: Answer } | { readonly kind: 'ready'; readonly carryOut: CarryOut };

/** Checks the token, the tenant's consent, and the form of a call; nothing has happened before it is carried out. */
export function prepareCall(state: GraphState, call: Call): PreparedCall {
  const tenantId = state.tenantOf(call);
  const customer = tenantId === undefined ? undefined : state.data.customer(tenantId);
  if (customer === undefined) {
    return refused(refuseAs(401, 'InvalidAuthenticationToken', 'Access token validation failure.'));
  }
  const tenant = tenantOf(customer);
  if (!tenant.isConsented) {
    const message = 'The identity of the calling application could not be established.';
    return refused(refuseAs(401, 'Authorization_IdentityNotFound', message));
  }
  const id = call.headers['client-request-id'];
  if (id !== undefined && !isGuid(id)) return refused(refuseRequest('client-request-id must be a GUID.'));
  const parts = call.path.split('/').slice(1).map(decode);
  if (parts[0] !== 'v1.0') return refused(refuseAs(400, 'BadRequest', 'Invalid version.'));
  return prepareRoute(state, { customer, tenant, call }, parts.slice(1));
}

function prepareRoute(state: GraphState, context: Context, path: readonly string[]): PreparedCall {
  const { call, customer } = context;
  const [first = '', second = '', third = '', ...rest] = path;
  const name = [third, ...rest].join('/');
  if (first === 'roleManagement' && second === 'directory' && /^roleEligibilitySchedule(?:Instance)?s$/.test(name)) {
    return need(context, 'GET', 'RoleEligibilitySchedule.Read.Directory', () => listEligibleRoles(state, context));
  }
  if (first !== 'users') return refused(refuseAs(400, 'BadRequest', 'Resource not found for the segment.'));
  if (second === 'delta' && third === '') return need(context, 'GET', 'User.Read.All', () => readDelta(state, context));
  if (second === '') {
    const isAdvanced = call.query.has('$search') && call.headers['consistencylevel'] !== 'eventual';
    const message =
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";
    return refused(isAdvanced ? refuseQuery(message) : refuseAs(501, 'notImplemented', 'The sandbox lists nobody.'));
  }
  const person = findPerson(state, customer, second);
  const forPerson = (method: 'GET' | 'POST', scope: Scope, act: (found: GraphPerson, fails?: string) => Answer) =>
    need(context, method, scope, (fails) => (person === undefined ? noSuchUser : act(person, fails)));
  const [, ...authentication] = name.split('/');
  if (name === '') return forPerson('GET', 'User.Read.All', (found) => readUser(call, found));
  if (/^transitiveMemberOf(?:\/|$)/.test(name)) {
    return forPerson('GET', 'RoleManagement.Read.Directory', (found) => listMemberships(state, context, found, name));
  }
  if (name === 'revokeSignInSessions') {
    return forPerson('POST', 'User.RevokeSessions.All', ({ user }) => {
      state.revoked.set(user.id, state.now());
      return jsonAnswer(200, { '@odata.context': `${state.root()}/$metadata#Edm.Boolean`, value: true });
    });
  }
  if (third !== 'authentication') return refused(refuseAs(400, 'BadRequest', 'Resource not found for the segment.'));
  switch (authentication.join('/')) {
    case 'methods':
      return forPerson('GET', 'UserAuthenticationMethod.Read.All', (found) =>
        answerList([...found.methods, ...(state.passes.get(found.user.id) ?? []).map(hidePass)]),
      );
    case 'methods/28c10230-6103-485e-b985-444c60001490/resetPassword':
      return forPerson('POST', 'UserAuthenticationMethod.ReadWrite.All', (found, fails) =>
        resetPassword(state, context, found, fails),
      );
    case 'temporaryAccessPassMethods': {
      const scope = 'UserAuthMethod-TAP.ReadWrite.All';
      return call.method === 'GET'
        ? forPerson('GET', scope, ({ user }) => answerList((state.passes.get(user.id) ?? []).map(hidePass)))
        : forPerson('POST', scope, (found) => createPass(state, context, found));
    }
    default: {
      const [kind, operation = ''] = authentication;
      if (kind !== 'operations') return refused(refuseAs(400, 'BadRequest', 'Resource not found for the segment.'));
      return forPerson('GET', 'UserAuthenticationMethod.ReadWrite.All', ({ user }) => {
        const found = state.operations.look(customer.id, user.id, operation, call.query.toString());
        return found === undefined ? noSuchUser : jsonAnswer(found.status === 'succeeded' ? 202 : 200, found);
      });
    }
  }
}

function need({ tenant, call }: Context, method: 'GET' | 'POST', scope: Scope, carryOut: CarryOut): PreparedCall {
  if (call.method !== method)
    return refused(refuseAs(405, 'Request_BadRequest', 'Specified HTTP method is not allowed.'));
  if (tenant.missing.has(scope)) return refused(denied);
  return { kind: 'ready', carryOut };
}

function refused(answer: Answer): PreparedCall {
  return { kind: 'refused', answer };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
