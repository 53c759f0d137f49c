import { type Clock, type CustomerId, directoryTunables, type Log, Secret } from '../../base/index.ts';
import type {
  AuthenticationMethod,
  EligibleRole,
  Graph,
  GraphErrorCode,
  GraphUser,
  Membership,
} from '../../graph/index.ts';
import {
  type AccountFacts,
  type Fact,
  type GraphFacts,
  type GraphFinding,
  type GraphRole,
  isPassingTrouble,
  type MethodKind,
  methodKinds,
  type ProtectingFact,
  protectingFacts,
  type RaiseAlarm,
  type ReadableFact,
  type ReadableFacts,
} from '../../reset/index.ts';
import type { GraphSight } from './graph-consent.ts';
import { type Failed, isRoleAssignable, readAll, type Reading } from './read-from-graph.ts';
import { nameOfRoleTemplate } from './role-names.ts';

/**
 * Creates the port that reads what Microsoft Graph tells of one user, each fact by itself and all at once. Where the customer
 * has not consented, and no protecting fact was ever told, nothing is asked there for an hour.
 *
 * Rule: a protecting fact that was told once, which `readable` keeps for every process, is lost where it cannot be read, for
 * whatever reason. So is one that was never told where Graph answers and fails to tell it. Where Graph refuses to, for want of a licence, a scope or a
 * role or for a reason of its own, it is left out.
 */
export function createGraphFacts({
  graph,
  sight,
  readable,
  clock,
  log,
  raiseAlarm,
}: {
  readonly graph: Graph;
  readonly sight: GraphSight;
  readonly readable: Pick<ReadableFacts, 'of' | 'keep'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): GraphFacts {
  return async (customer, userId, correlationId) => {
    const kept = readable.of(customer.id);
    if (sight.hasNoConsent(customer.id) && (await kept).length === 0) return { kind: 'not-asked' };
    const [told, readings] = await Promise.all([
      kept,
      readAll(graph.with({ correlationId }).tenant(customer.id), userId, clock),
    ]);
    const named = Object.entries(readings);
    const failures = named.flatMap(([fact, reading]) => (reading.kind === 'failed' ? [{ ...reading, fact }] : []));
    for (const { fact, code, httpStatus, entraCode } of failures) {
      const level = told.length === 0 && isUsual(code) ? 'debug' : 'warn';
      log({ level, event: 'graph-trouble', fact, code, httpStatus, entraCode, correlationId });
    }
    if (failures.length === named.length && failures.every(({ code }) => code === 'not-consented')) {
      sight.rememberNoConsent(customer.id);
    }
    const isAnswered = named.some(([, reading]) => isAnswer(reading));
    const [first] = failures;
    if (first !== undefined && !isAnswered && told.length === 0) {
      return findNoWay(customer.id, failures.find(({ code }) => isWithoutConsent(code)) ?? first);
    }
    if (isAnswered) sight.rememberAsked(customer.id);
    const read = listTold(readings);
    if (read.some((fact) => !told.includes(fact))) await readable.keep(customer.id, read, clock.now());
    return {
      kind: 'asked',
      account: protect('account', readings.account, toAccount),
      memberships: protect('roles', readings.roles, toRoles),
      eligibleRoles: protect('eligible-roles', readings['eligible-roles'], toEligible),
      methods: weigh(readings.methods, toKinds, 'left-out'),
    };

    function protect<Value, Mapped>(
      fact: ProtectingFact,
      reading: Reading<Value>,
      map: (value: Value) => Mapped,
    ): Fact<Mapped> {
      if (reading.kind === 'read') return weigh(reading, map, 'left-out');
      const isLost =
        reading.hides !== undefined
          ? told.includes(reading.hides)
          : told.includes(fact) || (isAnswered && !refusals.has(reading.code));
      if (isLost) alarm(customer.id, reading, true);
      else if (!isUsual(reading.code)) alarm(customer.id, reading, false, fact);
      return weigh(reading, map, isLost ? 'lost' : 'left-out');
    }
  };

  /** Nothing was ever told at this customer, and nothing is now: whatever the reason, no reset is refused for it. */
  function findNoWay(customer: CustomerId, failure: Failed<unknown>): GraphFinding {
    const { code, httpStatus } = failure;
    if (isWithoutConsent(code)) return { kind: 'not-asked' };
    alarm(customer, failure, false);
    return { kind: 'closed', trouble: { code, httpStatus } };
  }

  /** Told once a day. What passes by itself stands in the log alone; the sign-in is the same at every customer. */
  function alarm(
    customer: CustomerId,
    { code, entraCode }: Failed<unknown>,
    isLost: boolean,
    leftOut?: ProtectingFact,
  ): void {
    if (isPassingTrouble(code)) return;
    const isOfSignIn = code === 'sign-in-expired' || code === 'sign-in-revoked' || code === 'sign-in-needs-person';
    const about = {
      kind: 'graph-unread',
      customer: isOfSignIn ? undefined : customer,
      code,
      entraCode,
      isLost,
      ...(leftOut !== undefined && { leftOut }),
    } as const;
    if (sight.mayAlarm(about)) raiseAlarm(about);
  }
}

function isWithoutConsent(code: GraphErrorCode): boolean {
  return code === 'not-consented' || code === 'consent-in-progress';
}

/** What was told in full. An empty list, or an account under no restricted management, does not show what Graph hides of others. */
function listTold(readings: Awaited<ReturnType<typeof readAll>>): readonly ReadableFact[] {
  const { account, roles } = readings;
  const hasGroup = roles.kind === 'read' && roles.value.some(({ kind }) => kind === 'group');
  const isRestricted = account.kind === 'read' && account.value.isManagementRestricted === true;
  return [
    ...protectingFacts.filter((fact) => readings[fact].kind === 'read'),
    ...(hasGroup ? (['group-names'] as const) : []),
    ...(isRestricted ? (['restricted-management'] as const) : []),
  ];
}

/** Refusals that stay as they are: the next try is answered in the same way. */
const refusals: ReadonlySet<GraphErrorCode> = new Set([
  'unlicensed',
  'forbidden',
  'restricted-management',
  'bad-request',
  'unsupported-query',
  'conflict',
  'delta-expired',
  'refused',
]);

function isNotPermitted(code: GraphErrorCode): boolean {
  return code === 'unlicensed' || code === 'forbidden';
}

/** What is missing for want of a licence, a scope or consent is the usual state of a customer and no trouble. */
function isUsual(code: GraphErrorCode): boolean {
  return isNotPermitted(code) || isWithoutConsent(code);
}

/** Whether Graph itself has answered for a customer that has consented. */
function isAnswer(reading: Reading<unknown>): boolean {
  if (reading.kind === 'read' || reading.part !== undefined) return true;
  const { code, httpStatus } = reading;
  const isGraph = code !== 'not-consented' && code !== 'foreign-answer' && code !== 'redirected';
  return isGraph && httpStatus !== undefined && httpStatus !== 401;
}

function weigh<Value, Mapped>(
  reading: Reading<Value>,
  map: (value: Value) => Mapped,
  kind: 'left-out' | 'lost',
): Fact<Mapped> {
  if (reading.kind === 'read') return { kind: 'read', value: map(reading.value) };
  const { part, code, httpStatus } = reading;
  return { kind, ...(part !== undefined && { part: map(part) }), trouble: { code, httpStatus } };
}

/** The login of a guest is in another tenant. */
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
      return [{ id, name: displayName || nameOfRoleTemplate(id), by: 'group' }];
    }
    if (!isRoleAssignable(membership)) return [];
    return [{ id: membership.id, name: membership.displayName || membership.id, by: 'role-assignable-group' }];
  });
}

function toEligible(roles: readonly EligibleRole[]): readonly GraphRole[] {
  return roles.map(({ roleTemplateId: id }) => ({ id, name: nameOfRoleTemplate(id), by: 'eligible' }));
}

function toKinds(methods: readonly AuthenticationMethod[]): readonly MethodKind[] {
  return methodKinds.filter((kind) => methods.some((method) => method.kind === kind));
}
