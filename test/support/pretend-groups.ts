import type { Groups } from '../../src/reset/policy/groups.ts';

export type PretendGroups = Groups & {
  /** Whom it was asked about, in order. */
  readonly asked: readonly string[];
  /** Whose members were listed, in order. */
  readonly listed: readonly string[];
  put(person: string, groups: readonly string[]): void;
  /** The names that can be read of a group. */
  name(group: string, names: readonly string[]): void;
  /** How it answers from now on; `well` unless said otherwise. */
  answer(how: 'well' | 'unknown' | 'throws' | 'never'): void;
};

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Groups of an Entra tenant. As the real one does, it refuses an id that is none, and gives ids in mixed case. */
export function createPretendGroups(): PretendGroups {
  const members = new Map<string, readonly string[]>();
  const names = new Map<string, readonly string[]>();
  const asked: string[] = [];
  const listed: string[] = [];
  let how: Parameters<PretendGroups['answer']>[0] = 'well';
  return {
    asked,
    listed,
    put: (person, groups) => void members.set(person.toLowerCase(), groups),
    name: (group, given) => void names.set(group.toLowerCase(), given),
    namesOf: (group) => Promise.resolve(names.get(group.toLowerCase()) ?? []),
    answer: (given) => {
      how = given;
    },
    membersOf(group) {
      listed.push(group);
      if (how === 'throws') return Promise.reject(new Error('no answer'));
      if (how === 'never') return new Promise(() => undefined);
      const inside = [...members].filter(([, groups]) => groups.some((id) => id.toLowerCase() === group.toLowerCase()));
      return Promise.resolve(how === 'well' ? new Set(inside.map(([person]) => person.toUpperCase())) : 'unknown');
    },
    memberOf(person) {
      asked.push(person);
      if (!guid.test(person)) return Promise.reject(new Error('not an object id'));
      switch (how) {
        case 'well':
          return Promise.resolve(new Set((members.get(person.toLowerCase()) ?? []).map((id) => id.toUpperCase())));
        case 'unknown':
          return Promise.resolve('unknown');
        case 'throws':
          return Promise.reject(new Error('no answer'));
        case 'never':
          return new Promise(() => undefined);
      }
    },
  };
}
