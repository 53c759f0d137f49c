import type { Clock, ObjectId } from '../../base/index.ts';

/** Which groups somebody is in. It may fail or hang: whoever asks does so through `createCachedGroups`, which closes then. */
export type Groups = {
  /** Object ids of the groups, nested ones included; `unknown` where nobody can say, which counts as in none. */
  /** `fresh`: what was heard before does not count. */
  memberOf(person: ObjectId, how?: { readonly fresh: boolean }): Promise<ReadonlySet<string> | 'unknown'>;
};

/** A right that was taken away is gone within this time, counted from when it was asked for. */
const groupCacheMilliseconds = 60_000;
/** A press has to be answered within three seconds, so nobody waits longer than this for it to be refused. */
const groupTimeoutMilliseconds = 2000;
const maxCachedPeople = 10_000;

type CachedAnswer = { readonly at: number; readonly answer: ReturnType<Groups['memberOf']> };

/**
 * The same groups, asked at most once a minute for each person, unless a fresh answer is wanted. What fails, or takes more than two seconds, is `unknown`
 * and is not remembered. Ids come out in lower case, as the policy has them.
 */
export function createCachedGroups({ groups, clock }: { readonly groups: Groups; readonly clock: Clock }): Groups {
  const known = new Map<string, CachedAnswer>();
  return {
    memberOf(person, how) {
      const key = person.toLowerCase();
      const now = clock.now();
      const before = known.get(key);
      const mayBeOld = how?.fresh !== true;
      if (mayBeOld && before !== undefined && now >= before.at && now - before.at < groupCacheMilliseconds)
        return before.answer;
      known.delete(key);
      if (known.size >= maxCachedPeople) known.clear();
      const asked: CachedAnswer = { at: now, answer: ask(person) };
      known.set(key, asked);
      return asked.answer.then((answer) => {
        if (answer === 'unknown' && known.get(key) === asked) known.delete(key);
        return answer;
      });
    },
  };

  async function ask(person: ObjectId): ReturnType<Groups['memberOf']> {
    const { promise: late, resolve } = Promise.withResolvers<'unknown'>();
    const cancel = clock.after(groupTimeoutMilliseconds, () => {
      resolve('unknown');
    });
    try {
      const answer = await Promise.race([groups.memberOf(person), late]);
      return answer === 'unknown' ? answer : new Set([...answer].map((id) => id.toLowerCase()));
    } catch {
      return 'unknown';
    } finally {
      cancel();
    }
  }
}

/** The same groups, asked anew each time: for what is settled by what is true at this moment. */
export function bypassGroupCache(groups: Groups): Groups {
  return { memberOf: (person) => groups.memberOf(person, { fresh: true }) };
}
