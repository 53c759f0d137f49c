import type { Clock } from '../../clock.ts';
import type { ObjectId } from '../../ids.ts';
import type { Groups } from '../ports/groups.ts';

/** A right that was taken away is gone within this time, counted from when it was asked for. */
const believedMilliseconds = 60_000;
/** A press has to be answered within three seconds, so nobody waits longer than this for it to be refused. */
const askMilliseconds = 2000;
const mostPeople = 10_000;

type Asked = { readonly at: number; readonly answer: ReturnType<Groups['memberOf']> };

/**
 * The same groups, asked at most once a minute for each person, unless a fresh answer is wanted. What fails, or takes more than two seconds, is `unknown`
 * and is not remembered. Ids come out in lower case, as the policy has them.
 */
export function createCachedGroups({ groups, clock }: { readonly groups: Groups; readonly clock: Clock }): Groups {
  const known = new Map<string, Asked>();
  return {
    memberOf(person, how) {
      const key = person.toLowerCase();
      const now = clock.now();
      const before = known.get(key);
      const mayBeOld = how?.fresh !== true;
      if (mayBeOld && before !== undefined && now >= before.at && now - before.at < believedMilliseconds)
        return before.answer;
      known.delete(key);
      if (known.size >= mostPeople) known.clear();
      const asked: Asked = { at: now, answer: ask(person) };
      known.set(key, asked);
      return asked.answer.then((answer) => {
        if (answer === 'unknown' && known.get(key) === asked) known.delete(key);
        return answer;
      });
    },
  };

  async function ask(person: ObjectId): ReturnType<Groups['memberOf']> {
    const { promise: late, resolve } = Promise.withResolvers<'unknown'>();
    const cancel = clock.after(askMilliseconds, () => {
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
