import { callWithTimeout, type Clock, type CustomerId, directoryTunables, type Log, Secret } from '../../base/index.ts';
import {
  type AuthenticationMethod,
  type EligibleRole,
  type Graph,
  GraphError,
  type GraphErrorCode,
  type GraphTenant,
  type GraphUser,
  type Membership,
} from '../../graph/index.ts';
import {
  type AccountFacts,
  type Fact,
  type GraphFacts,
  type GraphRole,
  type MethodKind,
  methodKinds,
  type ProtectingFact,
} from '../../reset/index.ts';
import type { GraphSight } from './graph-sight.ts';
import { nameOfRole } from './role-names.ts';

const select = [
  'accountEnabled',
  'userType',
  'onPremisesSyncEnabled',
  'lastPasswordChangeDateTime',
  'mobilePhone',
  'businessPhones',
  'isManagementRestricted',
] as const;

/** One read of Graph: what it gave, or why nothing came. */
type Reading<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'failed'; readonly code: GraphErrorCode; readonly httpStatus: number | undefined };

/**
 * Creates the port that reads what Microsoft Graph tells of one user, each fact by itself and all at once. Where the customer
 * has not consented, nothing is asked there for an hour. Of a fact that fails, `sight` decides whether it counts as lost.
 */
export function createGraphFacts({
  graph,
  sight,
  clock,
  log,
}: {
  readonly graph: Graph;
  readonly sight: GraphSight;
  readonly clock: Clock;
  readonly log: Log;
}): GraphFacts {
  return async (customer, userId, correlationId) => {
    if (sight.hasNoConsent(customer.id)) return { kind: 'not-asked' };
    const tenant = graph.with({ correlationId }).tenant(customer.id);
    const user = tenant.users.byId(userId);
    const read = <Value>(call: (signal: AbortSignal) => Promise<Value>): Promise<Reading<Value>> =>
      attempt(clock, call);
    const groups = read((signal) => user.transitiveMemberOf({ signal }));
    const [account, memberships, eligible, methods] = await Promise.all([
      read((signal) => user.get({ select, signal })),
      groups,
      read((signal) => readEligible(tenant, userId, groups, signal)),
      read((signal) => user.authentication.methods({ signal })),
    ]);
    const readings = { account, roles: memberships, 'eligible-roles': eligible, methods };
    for (const [fact, reading] of Object.entries(readings)) {
      if (reading.kind === 'read') continue;
      const { code, httpStatus } = reading;
      log({ level: levelOf(code), event: 'graph-trouble', fact, code, httpStatus, correlationId });
    }
    if (Object.values(readings).some((reading) => reading.kind === 'failed' && isWithoutConsent(reading.code))) {
      sight.rememberNoConsent(customer.id);
      return { kind: 'not-asked' };
    }
    return {
      kind: 'asked',
      account: protect(customer.id, 'account', account, toAccount),
      memberships: protect(customer.id, 'roles', memberships, toRoles),
      eligibleRoles: protect(customer.id, 'eligible-roles', eligible, toEligible),
      methods: methods.kind === 'read' ? { kind: 'read', value: toKinds(methods.value) } : { kind: 'left-out' },
    };
  };

  /** Rule: a fact that protects and could be read at this customer before is never left out. */
  function protect<Value, Mapped>(
    customer: CustomerId,
    fact: ProtectingFact,
    reading: Reading<Value>,
    map: (value: Value) => Mapped,
  ): Fact<Mapped> {
    if (reading.kind === 'read') {
      sight.rememberRead(customer, fact);
      return { kind: 'read', value: map(reading.value) };
    }
    const { code, httpStatus } = reading;
    return sight.wasRead(customer, fact) ? { kind: 'lost', trouble: { code, httpStatus } } : { kind: 'left-out' };
  }
}

function isWithoutConsent(code: GraphErrorCode): boolean {
  return code === 'not-consented' || code === 'consent-in-progress';
}

/** What is missing for want of a licence, a scope or consent is the usual state of a customer and no trouble. */
function levelOf(code: GraphErrorCode): 'debug' | 'warn' {
  return code === 'unlicensed' || code === 'forbidden' || isWithoutConsent(code) ? 'debug' : 'warn';
}

/** Throws anything but a `GraphError`, since that is a defect. */
async function attempt<Value>(clock: Clock, call: (signal: AbortSignal) => Promise<Value>): Promise<Reading<Value>> {
  const called = await callWithTimeout(clock, directoryTunables.graphFactsTimeoutMilliseconds, call);
  switch (called.kind) {
    case 'answered':
      return { kind: 'read', value: called.result };
    case 'timeout':
      return { kind: 'failed', code: 'timed-out', httpStatus: undefined };
    case 'failed': {
      const { error } = called;
      if (!(error instanceof GraphError)) throw error;
      return { kind: 'failed', code: error.code, httpStatus: error.httpStatus };
    }
  }
}

/** Roles that the user can activate alone, and those that they can activate as a member of a role-assignable group. */
async function readEligible(
  tenant: GraphTenant,
  userId: string,
  memberships: Promise<Reading<readonly Membership[]>>,
  signal: AbortSignal,
): Promise<readonly EligibleRole[]> {
  const of = (principalId: string) => tenant.roleManagement.eligibleRoles(principalId, { signal });
  const [own, read] = await Promise.all([of(userId), memberships]);
  const groups = read.kind === 'read' ? read.value.filter(isRoleAssignable) : [];
  const asked = groups.slice(0, directoryTunables.maxEligibleGroups);
  const throughGroups = await Promise.all(asked.map(({ id }) => of(id)));
  return [...own, ...throughGroups.flat()];
}

type Group = Extract<Membership, { readonly kind: 'group' }>;

function isRoleAssignable(membership: Membership): membership is Group {
  return membership.kind === 'group' && membership.isAssignableToRole;
}

/** The login of a guest is in another tenant. A property that Graph leaves out does not hold. */
function toAccount(user: GraphUser): AccountFacts {
  const numbers = [user.mobilePhone, ...user.businessPhones].filter((number) => number !== undefined);
  return {
    isBlocked: user.accountEnabled === false,
    isGuest: user.userType?.toLowerCase() === 'guest',
    isSynchronised: user.onPremisesSyncEnabled === true,
    isRestricted: user.isManagementRestricted === true,
    lastPasswordChange: user.lastPasswordChangeDateTime,
    numbers: [...new Set(numbers)].slice(0, directoryTunables.maxNumbersOnFile).map((number) => new Secret(number)),
  };
}

function toRoles(memberships: readonly Membership[]): readonly GraphRole[] {
  return memberships.flatMap((membership): readonly GraphRole[] => {
    if (membership.kind === 'directory-role') {
      const { roleTemplateId: id, displayName } = membership;
      return [{ id, name: displayName || nameOfRole(id), by: 'group' }];
    }
    if (!isRoleAssignable(membership)) return [];
    return [{ id: membership.id, name: membership.displayName || membership.id, by: 'role-assignable-group' }];
  });
}

function toEligible(roles: readonly EligibleRole[]): readonly GraphRole[] {
  return roles.map(({ roleTemplateId: id }) => ({ id, name: nameOfRole(id), by: 'eligible' }));
}

function toKinds(methods: readonly AuthenticationMethod[]): readonly MethodKind[] {
  return methodKinds.filter((kind) => methods.some((method) => method.kind === kind));
}
