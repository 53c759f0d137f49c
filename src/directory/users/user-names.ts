import type { CustomerUser as PartnerUser } from '../../partner-center/index.ts';
import type { CustomerUser } from '../../reset/index.ts';
import { isAddress } from '../../understanding/index.ts';
import { plainLetters } from '../names/fold-name.ts';
import { createNameIndex, type NameIndex, type Naming } from '../names/name-index.ts';
import { readUser } from '../partner-center-mapping.ts';

/** A user as the index keeps them: their roles are not in a list of users. */
export type IndexedUser = { readonly user: CustomerUser; readonly firstName: string; readonly lastName: string };

const naming: Naming<IndexedUser> = {
  idOf: ({ user }) => user.id,
  titleOf: ({ user }) => user.displayName,
  ownNamesOf: ({ user }) => [user.userPrincipalName],
  looksOf: ({ user, firstName, lastName }) =>
    hasBoth(firstName, lastName) ? [user.displayName, `${firstName} ${lastName}`] : [user.displayName],
  readOwnName: (typed) => (isAddress(typed) ? plainLetters(typed) : undefined),
  partOf: (text) => withoutHome(nicknameOf(text)),
  ignoresSigns: false,
  namesOf({ user, firstName, lastName }) {
    const { displayName, userPrincipalName } = user;
    return hasBoth(firstName, lastName)
      ? [displayName, userPrincipalName, `${firstName} ${lastName}`]
      : [displayName, userPrincipalName];
  },
  variantsOf({ user, firstName, lastName }) {
    const nickname = nicknameOf(user.userPrincipalName);
    return hasBoth(firstName, lastName)
      ? [nickname, `${lastName} ${firstName}`, `${lastName}, ${firstName}`]
      : [nickname];
  },
};

/** An empty index of users: by UPN, mail nickname, display name, and first and last name in either order. */
export function createUserIndex(): NameIndex<IndexedUser> {
  return createNameIndex(naming);
}

/** A user of Partner Center as the index keeps them. */
export function toIndexedUser(found: PartnerUser): IndexedUser {
  return { user: readUser(found, 'unknown'), firstName: found.firstName ?? '', lastName: found.lastName ?? '' };
}

function hasBoth(firstName: string, lastName: string): boolean {
  return firstName !== '' && lastName !== '';
}

/** Without the domain that a guest's address begins with: no word of it is a part of the person's name. */
function withoutHome(nickname: string): string {
  return nickname.replace(/_[^_\s]+#ext#$/i, '');
}

function nicknameOf(text: string): string {
  const at = text.lastIndexOf('@');
  return at === -1 ? text : text.slice(0, at);
}
