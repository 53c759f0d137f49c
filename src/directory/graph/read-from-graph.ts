import { callWithTimeout, type Clock, directoryTunables, type UserId } from '../../base/index.ts';
import {
  type EligibleRole,
  GraphError,
  type GraphErrorCode,
  type GraphTenant,
  type GraphUser,
  type Membership,
} from '../../graph/index.ts';
import type { ReadableFact } from '../../reset/index.ts';

const select = [
  'accountEnabled',
  'userType',
  'onPremisesSyncEnabled',
  'lastPasswordChangeDateTime',
  'mobilePhone',
  'businessPhones',
  'isManagementRestricted',
] as const;

/** Why nothing came, or not all of it; then `part` is what came. */
export type Failed<Value> = {
  readonly kind: 'failed';
  readonly part?: Value | undefined;
  readonly code: GraphErrorCode;
  readonly httpStatus: number | undefined;
  readonly entraCode?: number | undefined;
  /** Graph has answered and hidden something. It is lost where this was told at the customer. */
  readonly hides?: ReadableFact | undefined;
};

/** What one call of Graph told. */
export type Reading<Value> = { readonly kind: 'read'; readonly value: Value } | Failed<Value>;

/** Asks Graph for everything about one user at once. What does not come is a `Failed`; a defect alone rejects. */
export async function readAll(tenant: GraphTenant, userId: UserId, clock: Clock) {
  const user = tenant.users.byId(userId);
  const groups = attemptList<Membership>(clock, (signal, onPage) => user.transitiveMemberOf({ signal, onPage }));
  const [account, roles, eligible, methods] = await Promise.all([
    attempt(clock, (signal) => user.get({ select, signal })),
    groups,
    attemptList<EligibleRole>(clock, (signal, onPage) => readEligible(tenant, userId, groups, { signal, onPage })),
    attempt(clock, (signal) => user.authentication.methods({ signal })),
  ]);
  return {
    account: hideWhere(account, findHidden),
    roles: hideWhere(roles, findHiddenGroup),
    'eligible-roles': hideWhere(nameRefusal(eligible, roles), () =>
      roles.kind === 'read' ? findHiddenGroup(roles.value) : undefined,
    ),
    methods,
  };
}

/** A property that was selected and is not in the answer is one that the account may not read. Null is an answer. */
function findHidden({ accountEnabled, isManagementRestricted }: GraphUser): ReadableFact | undefined {
  if (accountEnabled === undefined) return 'account';
  return isManagementRestricted === undefined ? 'restricted-management' : undefined;
}

function findHiddenGroup(memberships: readonly Membership[]): ReadableFact | undefined {
  return memberships.some(({ kind }) => kind === 'hidden') ? 'group-names' : undefined;
}

/** The address of eligible roles names no person. Where it is not found the customer lacks it, unless the person is not found. */
function nameRefusal<Value>(eligible: Reading<Value>, roles: Reading<unknown>): Reading<Value> {
  const isPerson = roles.kind === 'failed' && roles.code === 'not-found';
  return eligible.kind === 'failed' && eligible.code === 'not-found' && !isPerson
    ? { ...eligible, code: 'refused' }
    : eligible;
}

/** Of what Graph hides nothing is guessed: the rest is a part. */
function hideWhere<Value>(reading: Reading<Value>, find: (value: Value) => ReadableFact | undefined): Reading<Value> {
  const hides = reading.kind === 'read' ? find(reading.value) : undefined;
  return reading.kind === 'read' && hides !== undefined
    ? { kind: 'failed', part: reading.value, code: 'forbidden', httpStatus: undefined, hides }
    : reading;
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
      const { code, httpStatus, entraCode } = error;
      return { kind: 'failed', code, httpStatus, entraCode };
    }
  }
}

/** The same for a list: the pages that came before a failure are a part of it. */
async function attemptList<Item>(
  clock: Clock,
  call: (signal: AbortSignal, onPage: (items: readonly Item[]) => void) => Promise<unknown>,
): Promise<Reading<readonly Item[]>> {
  const items: Item[] = [];
  const reading = await attempt(clock, (signal) => call(signal, (page) => void items.push(...page)));
  if (reading.kind === 'read') return { kind: 'read', value: items };
  const { code, httpStatus, entraCode } = reading;
  return { kind: 'failed', ...(items.length > 0 && { part: [...items] }), code, httpStatus, entraCode };
}

/**
 * Roles that the user can activate alone, and those that they can activate as a member of a role-assignable group. All are asked
 * for before one failure counts. It fails as well where the groups are not known, or are too many.
 */
async function readEligible(
  tenant: GraphTenant,
  userId: string,
  memberships: Promise<Reading<readonly Membership[]>>,
  options: { readonly signal: AbortSignal; readonly onPage: (roles: readonly EligibleRole[]) => void },
): Promise<void> {
  const of = (principalId: string) => tenant.roleManagement.eligibleRoles(principalId, options);
  const own = of(userId);
  const [known] = await Promise.all([memberships, Promise.allSettled([own])]);
  const groups = (known.kind === 'read' ? known.value : (known.part ?? [])).filter(isRoleAssignable);
  const asked = [own, ...groups.slice(0, directoryTunables.maxEligibleGroups).map(({ id }) => of(id))];
  await Promise.allSettled(asked);
  await Promise.all(asked);
  if (known.kind === 'failed') throw new GraphError(known);
  if (groups.length >= asked.length) throw new GraphError({ code: 'unreadable-answer' });
}

type Group = Extract<Membership, { readonly kind: 'group' }>;

export function isRoleAssignable(membership: Membership): membership is Group {
  return membership.kind === 'group' && membership.isAssignableToRole;
}
