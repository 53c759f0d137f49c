import type { PretendCustomer } from '../data/customers.ts';
import { globalAdministrator, type PretendRole } from '../data/directory-roles.ts';
import { type Answer, type Call, jsonAnswer } from '../loopback-http.ts';
import { answerList, refuseAs, refuseQuery, refuseRequest } from './answers-and-faults.ts';
import { type Context, findPerson, type GraphState } from './state.ts';
import { describePerson, type GraphPerson } from './tenants-and-people.ts';

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

export function readUser({ query }: Call, { properties }: GraphPerson): Answer {
  const select = query.get('$select')?.split(',') ?? defaultProperties;
  const stray = select.find((name) => !Object.hasOwn(properties, name));
  if (stray !== undefined) {
    return refuseRequest(`Could not find a property named '${stray.slice(0, 40)}' on type 'microsoft.graph.user'.`);
  }
  return jsonAnswer(200, Object.fromEntries(select.map((name) => [name, properties[name]])));
}

/** A cast to one type needs the header and `$count`, as advanced queries do. */
const hidesNot: ReadonlySet<string> = new Set(['@odata.type', 'id']);

export function listMemberships(
  state: GraphState,
  { call, tenant }: Pick<Context, 'call' | 'tenant'>,
  person: GraphPerson,
  name: string,
): Answer {
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
  // Of what a scope is missing for, Graph lists the type and the id alone.
  const groups = person.groups.map((group) =>
    tenant.missing.has('GroupMember.Read.All')
      ? Object.fromEntries(Object.entries(group).map(([key, value]) => [key, hidesNot.has(key) ? value : null]))
      : group,
  );
  const all = [...groups, ...roles, ...units].filter((one) => cast === undefined || one['@odata.type'] === `#${cast}`);
  if (all.length <= 1) return answerList(all);
  // Of several the last one comes on a page of its own, after an empty one: both are allowed, and a caller has to go on.
  const page = call.query.get('$skiptoken');
  const link = (token: string) => ({
    '@odata.nextLink': `${state.root()}/users/${person.user.id}/${name}?$top=${pageSize}&$skiptoken=${token}`,
  });
  if (page === 'last') return answerList(all.slice(-1));
  return page === 'empty' ? answerList([], link('last')) : answerList(all.slice(0, -1), link('empty'));
}

export function listEligibleRoles(state: GraphState, { customer, tenant, call }: Context): Answer {
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

export function readDelta(state: GraphState, { customer, call }: Context): Answer {
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
