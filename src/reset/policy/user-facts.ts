import { type Clock, workflowTunables } from '../../base/index.ts';
import type { AccountFacts, Fact, GraphFacts, GraphFinding, GraphRole } from '../ports/graph-facts.ts';
import type { Directory } from '../ports/partner-center.ts';
import type { PrivateFacts } from '../private-facts.ts';
import { type ProtectingFact, protectingFacts } from '../refusal.ts';
import type { CustomerUser, GraphMarks } from '../target.ts';

/**
 * The same look-up of one user, with what Microsoft Graph tells at the same moment. Both are asked at once, so the slower one
 * decides how long it takes. Where Graph is not asked the user is exactly as Partner Center tells.
 */
export function lookUpWithGraph(
  { lookUp }: Pick<Directory, 'lookUp'>,
  graphFacts: GraphFacts,
): Pick<Directory, 'lookUp'> {
  return {
    async lookUp(customer, user, correlationId) {
      const [looked, found] = await Promise.all([
        lookUp(customer, user, correlationId),
        graphFacts(customer, user, correlationId),
      ]);
      if (looked.kind !== 'found' || found.kind === 'not-asked') return looked;
      if (found.kind === 'closed') {
        const { trouble: closed } = found;
        const unread = protectingFacts.map((fact) => ({ fact, code: closed.code, httpStatus: closed.httpStatus }));
        return { kind: 'found', user: { ...looked.user, graph: { closed } }, unread };
      }
      const unread = listUnread(found).map(({ fact, trouble: { code, httpStatus } }) => ({ fact, code, httpStatus }));
      return { kind: 'found', user: addGraphFacts(looked.user, found), told: readPrivateFacts(found), unread };
    },
  };
}

type Asked = Extract<GraphFinding, { kind: 'asked' }>;

/**
 * Adds to a user what Graph tells of them. Rule: Graph only adds. Nothing that Partner Center tells is taken back, so a wrong
 * or missing answer of Graph never makes a person less protected than without it.
 */
export function addGraphFacts(user: CustomerUser, found: Asked): CustomerUser {
  const account = readValue(found.account);
  const synchronised = user.synchronised || account?.isSynchronised === true;
  const marks = {
    ...readMarks(account, found),
    // Partner Center's mark may be an old one, and Graph writes back for those alone whom Graph calls synchronised.
    ...(account?.isSynchronised === true && { canWriteBack: true as const }),
  };
  return {
    ...user,
    synchronised,
    roles: user.roles === 'unknown' ? user.roles : addRoles(user.roles, found),
    ...(Object.keys(marks).length > 0 && { graph: marks }),
  };
}

/** A role that is in force counts before the same role that could be activated, and before the group that gives it. */
function addRoles(
  known: Exclude<CustomerUser['roles'], 'unknown'>,
  { memberships, eligibleRoles }: Asked,
): CustomerUser['roles'] {
  const told: readonly GraphRole[] = [...(readValue(memberships) ?? []), ...(readValue(eligibleRoles) ?? [])];
  const seen = new Set(known.map(({ id }) => id.toLowerCase()));
  const added = told.filter(({ id }) => {
    const isNew = !seen.has(id.toLowerCase());
    seen.add(id.toLowerCase());
    return isNew;
  });
  return [...known, ...added];
}

function readMarks(account: AccountFacts | undefined, found: Asked): GraphMarks {
  const lost = listUnread(found).filter(({ kind }) => kind === 'lost');
  const [first] = lost;
  return {
    ...(account?.isBlocked && { isBlocked: true }),
    ...(account?.isGuest && { isGuest: true }),
    ...(account?.isRestricted && { isRestricted: true }),
    ...(first !== undefined && { lost: { facts: lost.map(({ fact }) => fact), ...first.trouble } }),
  };
}

function listUnread({ account, memberships, eligibleRoles }: Asked) {
  const facts: readonly (readonly [ProtectingFact, Fact<unknown>])[] = [
    ['account', account],
    ['roles', memberships],
    ['eligible-roles', eligibleRoles],
  ];
  return facts.flatMap(([fact, read]) =>
    read.kind === 'read' ? [] : [{ fact, kind: read.kind, trouble: read.trouble }],
  );
}

function readPrivateFacts({ account, methods }: Asked): PrivateFacts {
  const told = readValue(account);
  return {
    lastPasswordChange: told?.lastPasswordChange,
    methods: readValue(methods),
    numbers: told?.numbers,
  };
}

/** What was read, of a fact that was not read in full too: no known power is dropped because another part is missing. */
function readValue<Value>(fact: Fact<Value>): Value | undefined {
  return fact.kind === 'read' ? fact.value : fact.part;
}

/**
 * The same port for one run of a request. A user who was read in this run is not read again while that is younger than
 * `factsValidMilliseconds`, counted from when the reading began. So the facts of the press count for the PATCH right after it.
 *
 * What could not be read is asked again each time. Another run, as after a restart, has nothing of it. Rights are not
 * remembered here: they are looked up each time.
 */
export function rememberFacts<Ports extends { readonly clock: Clock; readonly directory: Directory }>(
  ports: Ports,
): Ports {
  const { clock, directory } = ports;
  const known = new Map<string, { readonly at: number; readonly looked: Awaited<ReturnType<Directory['lookUp']>> }>();
  return {
    ...ports,
    directory: {
      ...directory,
      async lookUp(customer, user, correlationId) {
        const key = `${customer.id}/${user}`;
        const before = known.get(key);
        const at = clock.now();
        // A clock that was set back makes nothing recent.
        if (before !== undefined && at >= before.at && at - before.at < workflowTunables.factsValidMilliseconds)
          return before.looked;
        known.delete(key);
        const looked = await directory.lookUp(customer, user, correlationId);
        if (looked.kind === 'found') known.set(key, { at, looked });
        return looked;
      },
    },
  };
}
