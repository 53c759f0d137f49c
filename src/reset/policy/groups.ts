import { callWithTimeout, type Clock, createBoundedCache, type ObjectId, useCaseTunables } from '../../base/index.ts';

/**
 * The groups of a person. A look-up may fail or hang. Callers use `createCachedGroups`, which answers `unknown` then. The
 * look-up itself is `createGraphGroups` of sign-in/graph-groups.ts.
 */
export type Groups = {
  /**
   * Object ids of the groups, nested ones included. `unknown` counts as member of no group. With `fresh` the cache is not
   * used. With `lastKnown` an earlier answer stands in for one that is `unknown`.
   */
  memberOf(
    person: ObjectId,
    how?: { readonly fresh?: boolean; readonly lastKnown?: boolean },
  ): Promise<ReadonlySet<string> | 'unknown'>;
  /** Object ids of the people in a group, nested ones included. Left out where groups cannot be listed. */
  membersOf?(group: string): Promise<ReadonlySet<string> | 'unknown'>;
  /** Names of a few people in a group. Left out where groups cannot be listed, and empty where names cannot be read. */
  namesOf?(group: string): Promise<readonly string[]>;
};

const {
  groupCacheMilliseconds,
  groupListTimeoutMilliseconds,
  groupTimeoutMilliseconds,
  lastKnownGroupsMilliseconds,
  maxCachedGroupMembers,
} = useCaseTunables;

type CachedAnswer = { readonly at: number; readonly answer: ReturnType<Groups['memberOf']> };

/**
 * The same groups with a cache of `useCaseTunables.groupCacheMilliseconds` for each person. A look-up that fails or takes
 * longer than `groupTimeoutMilliseconds` is `unknown`, which is not cached. Lists of members are not cached. Ids come out in lower case, as in the policy.
 *
 * @param groups May reject or hang. The result does neither.
 */
export function createCachedGroups({ groups, clock }: { readonly groups: Groups; readonly clock: Clock }): Groups {
  const known = new Map<string, CachedAnswer>();
  const lastKnown = createBoundedCache<string, { readonly at: number; readonly groups: ReadonlySet<string> }>(
    maxCachedGroupMembers,
  );
  return {
    membersOf: (group) => list(group),
    namesOf: (group) => listNames(group),
    async memberOf(person, how) {
      const answer = await askCached(person, how?.fresh !== true);
      const before = lastKnown.peek(person.toLowerCase());
      const mayStandIn = how?.lastKnown === true && before !== undefined && isRecent(before.at);
      return answer === 'unknown' && mayStandIn ? before.groups : answer;
    },
  };

  function isRecent(at: number): boolean {
    return clock.now() - at < lastKnownGroupsMilliseconds;
  }

  function askCached(person: ObjectId, mayBeCached: boolean): ReturnType<Groups['memberOf']> {
    const key = person.toLowerCase();
    const now = clock.now();
    const before = known.get(key);
    if (mayBeCached && before !== undefined && now >= before.at && now - before.at < groupCacheMilliseconds)
      return before.answer;
    known.delete(key);
    if (known.size >= maxCachedGroupMembers) known.clear();
    const lookUp: CachedAnswer = { at: now, answer: ask(person) };
    known.set(key, lookUp);
    return lookUp.answer.then((answer) => {
      if (answer !== 'unknown') lastKnown.set(key, { at: now, groups: answer });
      else if (known.get(key) === lookUp) known.delete(key);
      return answer;
    });
  }

  async function list(group: string): Promise<ReadonlySet<string> | 'unknown'> {
    const outcome = await callWithTimeout(clock, groupListTimeoutMilliseconds, async () => {
      const answer = (await groups.membersOf?.(group)) ?? 'unknown';
      return answer === 'unknown' ? answer : new Set([...answer].map((id) => id.toLowerCase()));
    });
    return outcome.kind === 'answered' ? outcome.result : 'unknown';
  }

  async function listNames(group: string): Promise<readonly string[]> {
    const outcome = await callWithTimeout(
      clock,
      groupTimeoutMilliseconds,
      async () => (await groups.namesOf?.(group)) ?? [],
    );
    return outcome.kind === 'answered' ? outcome.result : [];
  }

  async function ask(person: ObjectId): ReturnType<Groups['memberOf']> {
    const outcome = await callWithTimeout(clock, groupTimeoutMilliseconds, async () => {
      const answer = await groups.memberOf(person);
      return answer === 'unknown' ? answer : new Set([...answer].map((id) => id.toLowerCase()));
    });
    return outcome.kind === 'answered' ? outcome.result : 'unknown';
  }
}

/** Lists the people in a group. `unknown` where they cannot be listed. */
export async function listMembers(groups: Groups, group: string): Promise<ReadonlySet<string> | 'unknown'> {
  return (await groups.membersOf?.(group)) ?? 'unknown';
}

/** The same groups, looked up afresh each time, for decisions that must not rest on a membership that has ended. */
export function bypassGroupCache(groups: Groups): Groups {
  return { memberOf: (person) => groups.memberOf(person, { fresh: true }) };
}

/**
 * The same groups, for the brake alone: while they cannot be read, those of the last answer count. A freeze forbids and
 * permits nothing, so a membership that has ended meanwhile does little harm.
 */
export function standInLastKnownGroups(groups: Groups): Groups {
  return { memberOf: (person) => groups.memberOf(person, { lastKnown: true }) };
}
