import { isGuid, Secret } from '../../base/index.ts';
import type { PretendCustomer } from '../partner-center/data/customers.ts';
import {
  globalAdministrator,
  mayReset,
  type PartnerRole,
  type PretendRole,
} from '../partner-center/data/directory-roles.ts';
import { mixSeed } from '../partner-center/data/seeded-random.ts';
import type { PretendData } from '../partner-center/data/pretend-data.ts';
import { type Answer, type Call, readJsonObject } from '../partner-center/http.ts';
import { findPasswordProblem } from '../partner-center/password-rules.ts';
import type { Accounts } from '../partner-center/sign-in.ts';
import {
  answerJson,
  answerList,
  denied,
  noSuchUser,
  refuseAs,
  refuseQuery,
  refuseRequest,
  restricted,
} from './answers.ts';
import { describePerson, type GraphPerson } from './people.ts';
import type { createResetOperations } from './reset-operations.ts';
import { type PretendTenant, type Scope, tenantOf } from './tenants.ts';
import type { createUsersDelta } from './users-delta.ts';

/** What the calls of a pretend Graph work with. */
export type GraphState = {
  readonly data: PretendData;
  readonly accounts: Accounts;
  readonly now: () => number;
  /** Whose token a call bears, in small letters; undefined for a token of no tenant. */
  readonly tenantOf: (call: Call) => string | undefined;
  readonly newId: () => string;
  /** The address up to `/v1.0`. */
  readonly root: () => string;
  readonly partnerRole: PartnerRole;
  readonly operations: ReturnType<typeof createResetOperations>;
  readonly delta: ReturnType<typeof createUsersDelta>;
  /** When the sessions of a user were revoked, by id. */
  readonly revoked: Map<string, number>;
  /** The passes that were made, by user. */
  readonly passes: Map<string, readonly PretendPass[]>;
  /** Notes what a pass that was made is. */
  readonly notePass: (pass: string) => void;
};

type PretendPass = {
  readonly id: string;
  readonly startDateTime: string;
  readonly lifetimeInMinutes: number;
  readonly isUsableOnce: boolean;
};

/** How a call is carried out; `fails` makes a reset fail after it was taken. */
export type CarryOut = (fails: string | undefined) => Answer;
type PreparedCall =
  { readonly kind: 'refused'; readonly answer: Answer } | { readonly kind: 'ready'; readonly carryOut: CarryOut };

/** Default properties of a user; all others come with `$select` alone. */
const defaultProperties = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];
const pageSize = 100;

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

type Context = { readonly customer: PretendCustomer; readonly tenant: PretendTenant; readonly call: Call };

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
  const methods = 'UserAuthenticationMethod.ReadWrite.All';
  const [, ...authentication] = name.split('/');
  if (name === '') return forPerson('GET', 'User.Read.All', (found) => readUser(call, found));
  if (/^transitiveMemberOf(?:\/|$)/.test(name)) {
    return forPerson('GET', 'RoleManagement.Read.Directory', (found) => listMemberships(state, call, found, name));
  }
  if (name === 'revokeSignInSessions') {
    return forPerson('POST', 'User.RevokeSessions.All', ({ user }) => {
      state.revoked.set(user.id, state.now());
      return answerJson(200, { '@odata.context': `${state.root()}/$metadata#Edm.Boolean`, value: true });
    });
  }
  if (third !== 'authentication') return refused(refuseAs(400, 'BadRequest', 'Resource not found for the segment.'));
  switch (authentication.join('/')) {
    case 'methods':
      return forPerson('GET', methods, (found) =>
        answerList([...found.methods, ...(state.passes.get(found.user.id) ?? []).map(hidePass)]),
      );
    case 'methods/28c10230-6103-485e-b985-444c60001490/resetPassword':
      return forPerson('POST', methods, (found, fails) => resetPassword(state, context, found, fails));
    case 'temporaryAccessPassMethods': {
      const scope = 'UserAuthMethod-TAP.ReadWrite.All';
      return call.method === 'GET'
        ? forPerson('GET', scope, ({ user }) => answerList((state.passes.get(user.id) ?? []).map(hidePass)))
        : forPerson('POST', scope, (found) => createPass(state, context, found));
    }
    default: {
      const [kind, operation = ''] = authentication;
      if (kind !== 'operations') return refused(refuseAs(400, 'BadRequest', 'Resource not found for the segment.'));
      return forPerson('GET', methods, ({ user }) => {
        const found = state.operations.look(customer.id, user.id, operation, call.query.toString());
        return found === undefined ? noSuchUser : answerJson(found.status === 'succeeded' ? 202 : 200, found);
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

function findPerson(
  { data, accounts, revoked, now }: GraphState,
  customer: PretendCustomer,
  id: string,
): GraphPerson | undefined {
  const user = data.user(customer.id, id);
  if (user?.state !== 'active') return undefined;
  const done = {
    passwordChangedAt: accounts.changedAt(customer.id, user.id),
    sessionsRevokedAt: revoked.get(user.id),
  };
  return describePerson(customer, user, now(), done);
}

function readUser({ query }: Call, { properties }: GraphPerson): Answer {
  const select = query.get('$select')?.split(',') ?? defaultProperties;
  const stray = select.find((name) => !Object.hasOwn(properties, name));
  if (stray !== undefined) {
    return refuseRequest(`Could not find a property named '${stray.slice(0, 40)}' on type 'microsoft.graph.user'.`);
  }
  return answerJson(200, Object.fromEntries(select.map((name) => [name, properties[name]])));
}

/** A cast to one type needs the header and `$count`, as advanced queries do. */
function listMemberships(state: GraphState, call: Call, person: GraphPerson, name: string): Answer {
  const cast = name.split('/')[1];
  if (cast !== undefined && (call.headers['consistencylevel'] !== 'eventual' || call.query.get('$count') !== 'true')) {
    return refuseQuery('The specified type cast needs the header ConsistencyLevel: eventual, and $count=true.');
  }
  const roles = person.roles.map(({ id, name: displayName }) => ({
    '@odata.type': '#microsoft.graph.directoryRole',
    id: `a0000000-0000-4000-8000-${id.slice(-12)}`,
    displayName,
    roleTemplateId: id,
  }));
  const units = person.isRestricted
    ? [{ '@odata.type': '#microsoft.graph.administrativeUnit', id: 'b0000000-0000-4000-8000-000000000001' }]
    : [];
  const all = [...person.groups, ...roles, ...units].filter(
    (one) => cast === undefined || one['@odata.type'] === `#${cast}`,
  );
  if (all.length <= 1) return answerList(all);
  // Of several the last one comes on a page of its own, after an empty one: both are allowed, and a caller has to go on.
  const page = call.query.get('$skiptoken');
  const link = (token: string) => ({
    '@odata.nextLink': `${state.root()}/users/${person.user.id}/${name}?$top=${pageSize}&$skiptoken=${token}`,
  });
  if (page === 'last') return answerList(all.slice(-1));
  return page === 'empty' ? answerList([], link('last')) : answerList(all.slice(0, -1), link('empty'));
}

function listEligibleRoles(state: GraphState, { customer, tenant, call }: Context): Answer {
  if (!tenant.hasP2) {
    const message = 'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.';
    return refuseAs(400, 'AadPremiumLicenseRequired', message);
  }
  const principal = /^principalId eq '([\da-f-]{36})'$/i.exec(call.query.get('$filter') ?? '')?.[1];
  if (principal === undefined) return refuseRequest('Only a filter by principalId is known here.');
  const roles =
    findPerson(state, customer, principal)?.eligibleRoles ?? eligibleRolesOfGroup(state, customer, principal);
  return answerList(
    roles.map(({ id }) => ({
      id: state.newId(),
      principalId: principal,
      roleDefinitionId: id,
      directoryScopeId: '/',
      memberType: 'Direct',
    })),
  );
}

/** A group is known by those of its members who were written by hand. */
function eligibleRolesOfGroup(state: GraphState, customer: PretendCustomer, groupId: string): readonly PretendRole[] {
  const known = state.data.users(customer.id)?.slice('active', undefined, 0, customer.knownUsers.length) ?? [];
  const isMember = known.some(
    ({ id, inEntra }) =>
      inEntra === 'eligible-by-group' &&
      findPerson(state, customer, id)?.groups.some((group) => group['id'] === groupId.toLowerCase()),
  );
  return isMember ? [globalAdministrator] : [];
}

function readDelta(state: GraphState, { customer, call }: Context): Answer {
  const users = state.data.users(customer.id);
  return state.delta.read(customer.id, state.root(), call.query, () =>
    (['active', 'inactive'] as const).flatMap((kind) =>
      (users?.slice(kind, undefined, 0, customer.userCount) ?? []).map((user) => ({
        isDeleted: kind === 'inactive',
        properties: describePerson(customer, user, state.now(), {
          passwordChangedAt: undefined,
          sessionsRevokedAt: undefined,
        }).properties,
      })),
    ),
  );
}

/** https://learn.microsoft.com/graph/api/authenticationmethod-resetpassword */
function resetPassword(
  state: GraphState,
  { customer, call }: Context,
  person: GraphPerson,
  fails: string | undefined,
): Answer {
  const sent = readJsonObject(call.body) ?? {};
  const { newPassword, ...more } = sent;
  if (typeof newPassword !== 'string' || Object.keys(more).length > 0) {
    return refuseRequest('The sandbox wants newPassword, and nothing else.');
  }
  const { user } = person;
  if (person.isRestricted) return restricted;
  if (!mayReset(state.partnerRole, person.roles)) return denied;
  if (user.userDomainType === 'federated' || user.userPrincipalName.includes('#EXT#')) {
    return refuseRequest('The password of this user is not kept here.');
  }
  const names = [user.userPrincipalName.split('@')[0] ?? '', user.firstName ?? '', user.lastName ?? ''];
  const tenant = [customer.name, customer.domain.split('.')[0] ?? ''];
  const password = new Secret(newPassword);
  if (findPasswordProblem(password, [...names, user.displayName, ...tenant]) !== undefined) {
    return refuseRequest(
      'The specified password does not comply with password complexity requirements. Please provide a different password.',
    );
  }
  const setPassword = (set: Secret): void => {
    state.accounts.setPassword(customer.id, user.id, set);
  };
  const path = state.operations.begin({ tenantId: customer.id, userId: user.id, password, setPassword, fails });
  return answerJson(202, {}, { Location: `${state.root()}${path}` });
}

/** A pass can be made where the policy does not let it be used; Graph then says so. */
function createPass(state: GraphState, { tenant, call }: Context, person: GraphPerson): Answer {
  const { lifetimeInMinutes = 60, isUsableOnce = true, ...more } = readJsonObject(call.body) ?? {};
  const isLifetime =
    typeof lifetimeInMinutes === 'number' &&
    lifetimeInMinutes >= tenant.shortestPassMinutes &&
    lifetimeInMinutes <= 480;
  if (!isLifetime || typeof isUsableOnce !== 'boolean' || Object.keys(more).length > 0) {
    return refuseRequest('The pass does not fit the policy of Temporary Access Passes.');
  }
  if (person.isRestricted) return restricted;
  if (!mayReset(state.partnerRole, person.roles)) return denied;
  const pass = {
    id: state.newId(),
    startDateTime: new Date(state.now()).toISOString(),
    lifetimeInMinutes,
    isUsableOnce,
  };
  state.passes.set(person.user.id, [pass]);
  const temporaryAccessPass = `${(mixSeed(1, pass.id) % 0x1_00_00_00).toString(36)}+Vr2K`;
  state.notePass(temporaryAccessPass);
  return answerJson(201, {
    ...hidePass(pass),
    temporaryAccessPass,
    isUsable: tenant.allowsPasses,
    methodUsabilityReason: tenant.allowsPasses ? 'EnabledByPolicy' : 'DisabledByPolicy',
  });
}

function hidePass({ id, startDateTime, lifetimeInMinutes, isUsableOnce }: PretendPass) {
  return {
    '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
    id,
    temporaryAccessPass: null,
    createdDateTime: startDateTime,
    startDateTime,
    lifetimeInMinutes,
    isUsableOnce,
    isUsable: true,
    methodUsabilityReason: 'EnabledByPolicy',
  };
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
