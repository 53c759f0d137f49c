import type { EntraCase, PretendCustomer, UserKind } from './customers.ts';
import { administratorRoles, globalAdministrator, harmlessRoles, type PretendRole } from './directory-roles.ts';
import { awkwardNames, firstNames, lastNames, slugify } from './names.ts';
import { createSeededRandom, mixSeed, type SeededRandom } from './seeded-random.ts';

/** A user of a pretend customer; fields are named as on the wire, and null where the wire has null or nothing. */
export type PretendUser = {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly usageLocation: string;
  /** ISO 8601 in UTC; there for users who come from a local directory. */
  readonly lastDirectorySyncTime: string | null;
  readonly userDomainType: 'none' | 'managed' | 'federated';
  /** `inactive`: deleted. */
  readonly state: 'active' | 'inactive';
  /** ISO 8601 in UTC; there for deleted users. */
  readonly softDeletionTime: string | null;
  readonly roles: readonly PretendRole[];
  /** What Partner Center does not show; undefined where there is nothing. */
  readonly inEntra: EntraCase | undefined;
};

const day = 24 * 60 * 60 * 1000;

/** Makes the user with number `index` of a customer, always the same; `now` in milliseconds, for dates in the past. */
export function makeUser(customer: PretendCustomer, index: number, now: number): PretendUser {
  const kind = userKindAt(customer, index);
  const draws = createSeededRandom(mixSeed(customer.seed, 31, index));
  const name = makeUserName(customer, index, kind);
  const domain = kind === 'federated' ? (customer.federatedDomain ?? customer.domain) : customer.domain;
  const past = (days: number): string => new Date(now - draws.integer(days * day)).toISOString();
  return {
    id: userIdAt(customer.seed, index),
    userPrincipalName: `${name.nickname}@${domain}`,
    displayName: name.displayName,
    firstName: name.firstName,
    lastName: name.lastName,
    usageLocation: customer.country,
    lastDirectorySyncTime: kind === 'synchronised' ? past(2) : null,
    userDomainType: kind === 'federated' ? 'federated' : draws.onceIn(3) ? 'managed' : 'none',
    state: kind === 'deleted' ? 'inactive' : 'active',
    softDeletionTime: kind === 'deleted' ? past(29) : null,
    roles: drawRoles(kind, index < customer.knownUsers.length, draws),
    inEntra: customer.knownUsers[index]?.inEntra,
  };
}

function drawRoles(kind: UserKind, isKnown: boolean, draws: SeededRandom): PretendUser['roles'] {
  if (kind === 'reader') return [draws.pick(harmlessRoles)];
  if (kind !== 'administrator') return [];
  if (isKnown) return [globalAdministrator];
  const roles = [draws.pick(administratorRoles), draws.pick(administratorRoles)];
  return roles.filter((role, at) => roles.indexOf(role) === at);
}

const firstSlugs = firstNames.map(slugify);

const lastSlugs = lastNames.map(slugify);

/** What a user is called. */
type UserName = {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly displayName: string;
  /** The part of the UPN before the at sign; no two users of a customer have the same. */
  readonly nickname: string;
};

/** Names the user with number `index`: some share a name with the one before, some have an awkward one. */
function makeUserName(customer: PretendCustomer, index: number, kind: UserKind): UserName {
  const known = customer.knownUsers[index];
  if (known !== undefined) {
    const { firstName, lastName, nickname } = known;
    return { firstName, lastName, displayName: `${firstName} ${lastName}`, nickname };
  }
  const draw = mixSeed(customer.seed, 37, index);
  const isNamesake = draw % 41 === 0 && index > customer.knownUsers.length;
  const awkward = draw % 29 === 0 ? awkwardNames[(draw >>> 8) % awkwardNames.length] : undefined;
  if (awkward !== undefined && !isNamesake) {
    const [firstName, lastName] = awkward;
    const slug = [slugify(firstName), slugify(lastName)].filter((part) => part !== '').join('.') || 'user';
    return {
      firstName,
      lastName,
      displayName: `${firstName} ${lastName}`,
      nickname: formatNickname(`${slug}.${index}`, kind),
    };
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
    nickname: formatNickname(nickname, kind),
  };
}

function formatNickname(nickname: string, kind: UserKind): string {
  return kind === 'guest' ? `${nickname}_partners.example#EXT#` : nickname;
}

const factor = 0x9e3779b1;

/** `factor` times this is 1 modulo 2³². */
const inverse = computeInverse(factor);

/** The id of the user with number `index`; its first eight digits hide the number, so no list is needed to find it. */
function userIdAt(customerSeed: number, index: number): string {
  const first = (Math.imul(index, factor) ^ keyOf(customerSeed)) >>> 0;
  const rest = createSeededRandom(mixSeed(customerSeed, 23, index))
    .guid()
    .slice(8);
  return first.toString(16).padStart(8, '0') + rest;
}

/** The number of the user with this id; undefined where no user below `count` has it. */
export function indexOfUserId(customerSeed: number, userId: string, count: number): number | undefined {
  const wanted = userId.toLowerCase();
  const first = Number.parseInt(wanted.slice(0, 8), 16);
  const index = Math.imul(first ^ keyOf(customerSeed), inverse) >>> 0;
  return index < count && userIdAt(customerSeed, index) === wanted ? index : undefined;
}

function keyOf(customerSeed: number): number {
  return mixSeed(customerSeed, 29);
}

function computeInverse(odd: number): number {
  let guess = odd;
  for (let round = 0; round < 5; round += 1) guess = Math.imul(guess, 2 - Math.imul(odd, guess));
  return guess;
}

/** Whether sign-in is blocked for a user, which Partner Center does not tell. */
export function isSignInBlocked(customer: PretendCustomer, user: PretendUser): boolean {
  return drawSignInBlocked(customer, user, createEntraDraws(customer, user));
}

/** Takes it from the draws that what Entra knows of this user begins with. */
export function drawSignInBlocked(customer: PretendCustomer, user: PretendUser, draws: SeededRandom): boolean {
  // Few enough that most sentences one can type meet none of them.
  return user.inEntra === 'blocked' || (!isKnownUser(customer, user) && draws.onceIn(50));
}

/** What Entra knows of a user is made from it. */
export function createEntraDraws(customer: PretendCustomer, user: PretendUser): SeededRandom {
  return createSeededRandom(mixSeed(customer.seed, 'graph', user.id));
}

/** Whether a user is one of those written by hand. */
export function isKnownUser({ knownUsers }: PretendCustomer, { userPrincipalName }: PretendUser): boolean {
  return knownUsers.some(({ nickname }) => userPrincipalName.startsWith(`${nickname}@`));
}

/** What kind of account the user with number `index` has; cheap, so that a long list can be counted. */
export function userKindAt(customer: PretendCustomer, index: number): UserKind {
  const known = customer.knownUsers[index];
  if (known !== undefined) return known.kind;
  const perThousand = mixSeed(customer.seed, index, 11) % 1000;
  if (perThousand < 15) return 'administrator';
  if (perThousand < 20) return 'reader';
  if (perThousand < 45) return 'guest';
  if (perThousand < 70) return 'deleted';
  if (perThousand < 150 && customer.federatedDomain !== undefined) return 'federated';
  if (perThousand < (customer.isHybrid ? 500 : 80)) return 'synchronised';
  return 'ordinary';
}
