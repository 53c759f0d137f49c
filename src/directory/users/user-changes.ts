import {
  asId,
  callWithTimeout,
  type Clock,
  createBoundedCache,
  type CustomerId,
  directoryTunables,
  type Log,
  type UserId,
} from '../../base/index.ts';
import { type DeltaPage, type Graph, GraphError, type GraphUser } from '../../graph/index.ts';
import type { GraphSight } from '../graph/graph-consent.ts';
import type { IndexedUser } from './user-names.ts';

const select = ['displayName', 'givenName', 'surname', 'userPrincipalName', 'onPremisesSyncEnabled'] as const;

/** What changed since the link of an earlier reading, or with `everybody` all who are there; and the next link. */
export type ToldUsers = {
  /** Each makes of the user as the index has them the user as they are. A property that was not told stays as it is known. */
  readonly put: readonly { readonly id: UserId; readonly merge: (known: IndexedUser | undefined) => IndexedUser }[];
  readonly removed: readonly UserId[];
  readonly link: string;
};

/** The changes of a customer's users, as Microsoft Graph tells them by delta queries. */
export type UserChanges = {
  /** Whether Graph tells of the users of this customer, as far as is known. Nothing is asked for it. */
  canFollow(customer: CustomerId): boolean;
  /** Everybody, for an index of its own. Never rejects; undefined where Graph does not tell. */
  readEverybody(customer: CustomerId): Promise<ToldUsers | undefined>;
  /** What has changed since `link`. Never rejects; undefined where Graph does not tell, or the link is too old. */
  readSince(customer: CustomerId, link: string): Promise<ToldUsers | undefined>;
};

/**
 * Creates the reader of changes. A customer is followed where Graph has told a fact of one of its users before, so nothing is
 * asked where consent is missing. After a failure Graph is not asked for changes there for some minutes; an expired link is
 * no such failure, since a new reading of everybody mends it. See https://learn.microsoft.com/graph/api/user-delta.
 */
export function createUserChanges({
  graph,
  sight,
  clock,
  log,
}: {
  readonly graph: Graph;
  readonly sight: GraphSight;
  readonly clock: Clock;
  readonly log: Log | undefined;
}): UserChanges {
  const { userChangesTimeoutMilliseconds, userListTimeoutMilliseconds, userChangesRetryMilliseconds } =
    directoryTunables;
  const failedAt = createBoundedCache<CustomerId, number>(directoryTunables.maxGraphCustomers);
  const hasFailed = (customer: CustomerId): boolean => {
    const at = failedAt.get(customer);
    return at !== undefined && clock.now() >= at && clock.now() - at < userChangesRetryMilliseconds;
  };
  return {
    canFollow: (customer) => sight.isAsked(customer) && !hasFailed(customer),
    readEverybody: (customer) => read(customer, { select }, userListTimeoutMilliseconds),
    readSince: (customer, link) => read(customer, { since: link }, userChangesTimeoutMilliseconds),
  };

  async function read(
    customer: CustomerId,
    from: { readonly select: typeof select } | { readonly since: string },
    milliseconds: number,
  ): Promise<ToldUsers | undefined> {
    const { users } = graph.tenant(customer);
    const called = await callWithTimeout(clock, milliseconds, (signal) => gather(users.delta(from, { signal })));
    switch (called.kind) {
      case 'answered':
        return called.result;
      case 'timeout':
        return note('timed-out', undefined);
      case 'failed': {
        const { error } = called;
        if (!(error instanceof GraphError)) throw error;
        return note(error.code, error.httpStatus);
      }
    }

    function note(code: GraphError['code'], httpStatus: number | undefined): undefined {
      log?.({ level: 'warn', event: 'graph-changes-unread', customer, code, httpStatus });
      // Consent is Entra's word. One refusal of Graph concerns this call alone.
      if (code === 'not-consented' && httpStatus === undefined) sight.rememberNoConsent(customer);
      // A first reading that expires on its way would begin anew for ever.
      else if (code !== 'delta-expired' || 'select' in from) failedAt.set(customer, clock.now());
    }
  }
}

/** All pages as one, so that an index is never half changed. Of several changes of one user the last word on each property counts. */
async function gather(pages: AsyncIterable<DeltaPage>): Promise<ToldUsers> {
  const changes = new Map<string, GraphUser | 'removed'>();
  let link: string | undefined;
  for await (const { changed, removed, deltaLink } of pages) {
    for (const user of changed) {
      const before = changes.get(user.id);
      changes.set(user.id, before === undefined || before === 'removed' ? user : { ...before, ...withoutUntold(user) });
    }
    for (const { id } of removed) changes.set(id, 'removed');
    link = deltaLink ?? link;
  }
  if (link === undefined) throw new GraphError({ code: 'unreadable-answer', effect: 'none' });
  return {
    put: [...changes.values()]
      .filter((change) => change !== 'removed')
      .map((user) => ({ id: asId<UserId>(user.id), merge: (known) => toIndexedUser(user, known) })),
    removed: [...changes].flatMap(([id, change]) => (change === 'removed' ? [asId<UserId>(id)] : [])),
    link,
  };
}

function withoutUntold(user: GraphUser): Partial<GraphUser> {
  return Object.fromEntries(Object.entries(user).filter(([, value]) => value !== undefined));
}

/**
 * A user as the index keeps them, with what is known of them where a change does not tell it. The index finds; what counts before
 * a reset is looked up once more at Partner Center.
 */
function toIndexedUser(user: GraphUser, known: IndexedUser | undefined): IndexedUser {
  const { id, givenName: firstName = known?.firstName ?? '', surname: lastName = known?.lastName ?? '' } = user;
  const userPrincipalName = user.userPrincipalName ?? known?.user.userPrincipalName ?? '';
  const fullName = [firstName, lastName].filter((part) => part !== '').join(' ');
  return {
    user: {
      id: asId<UserId>(id),
      displayName: user.displayName ?? known?.user.displayName ?? (fullName || userPrincipalName || id),
      userPrincipalName,
      state: 'active',
      domainType: 'none',
      synchronised: user.onPremisesSyncEnabled ?? known?.user.synchronised ?? false,
      roles: 'unknown',
    },
    firstName,
    lastName,
  };
}
