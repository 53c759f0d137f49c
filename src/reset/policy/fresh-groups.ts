import type { Groups } from '../ports/groups.ts';

/** The same groups, asked anew each time: for what is settled by what is true at this moment. */
export function freshGroups(groups: Groups): Groups {
  return { memberOf: (person) => groups.memberOf(person, { fresh: true }) };
}
