import { awkwardNames } from './awkward-names.ts';
import { firstNames } from './first-names.ts';
import type { UserKind } from './known-user.ts';
import { mix } from './mix.ts';
import { lastNames } from './last-names.ts';
import type { PretendCustomer } from './pretend-customer.ts';
import { slugOf } from './slug-of.ts';

const firstSlugs = firstNames.map(slugOf);
const lastSlugs = lastNames.map(slugOf);

/** What a user is called. */
export type UserName = {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly displayName: string;
  /** The part of the UPN before the at sign; no two users of a customer have the same. */
  readonly nickname: string;
};

/** Names the user with number `index`: some share a name with the one before, some have an awkward one. */
export function makeUserName(customer: PretendCustomer, index: number, kind: UserKind): UserName {
  const known = customer.knownUsers[index];
  if (known !== undefined) {
    const { firstName, lastName, nickname } = known;
    return { firstName, lastName, displayName: `${firstName} ${lastName}`, nickname };
  }
  const draw = mix(customer.seed, 37, index);
  const isNamesake = draw % 41 === 0 && index > customer.knownUsers.length;
  const awkward = draw % 29 === 0 ? awkwardNames[(draw >>> 8) % awkwardNames.length] : undefined;
  if (awkward !== undefined && !isNamesake) {
    const [firstName, lastName] = awkward;
    const slug = [slugOf(firstName), slugOf(lastName)].filter((part) => part !== '').join('.') || 'user';
    return { firstName, lastName, displayName: `${firstName} ${lastName}`, nickname: guest(`${slug}.${index}`, kind) };
  }
  const pairs = firstNames.length * lastNames.length;
  const number = isNamesake ? index - 1 : index;
  const pair = ((number % pairs) * 7919 + (customer.seed % pairs)) % pairs;
  const [first, last] = [pair % firstNames.length, Math.floor(pair / firstNames.length)];
  const [firstName = '', lastName = ''] = [firstNames[first], lastNames[last]];
  // The list of pairs may be walked several times, each time with one number for a person and one for a namesake.
  const turn = Math.floor(number / pairs) * 2 + (isNamesake ? 2 : 1);
  const nickname = `${firstSlugs[first]}.${lastSlugs[last]}${turn === 1 ? '' : turn}`;
  return {
    firstName: draw % 37 === 1 ? null : firstName,
    lastName,
    displayName: `${firstName} ${lastName}`,
    nickname: guest(nickname, kind),
  };
}

function guest(nickname: string, kind: UserKind): string {
  return kind === 'guest' ? `${nickname}_partners.example#EXT#` : nickname;
}
