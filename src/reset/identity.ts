import type { ObjectId, TenantId } from '../base/index.ts';
import type { CustomerUser } from './target.ts';

/** A person who talks to the bot, as the signed activity names them. Decisions rest on `objectId` and `tenantId` alone. */
export type Technician = {
  readonly objectId: ObjectId;
  readonly tenantId: TenantId;
  /** The channel's own id of the person (`29:…`), valid for this bot only. */
  readonly teamsUserId: string;
  /** For people to read, never to decide by. Empty where Teams sent none. */
  readonly name: string;
  /** From the roster; undefined until it was looked up. */
  readonly userPrincipalName: string | undefined;
};

/** A chat the bot is in, with what it takes to write into it. */
export type Conversation = {
  readonly id: string;
  readonly kind: 'personal' | 'group-chat' | 'channel';
  readonly serviceUrl: string;
  readonly channelId: string;
  readonly tenantId: TenantId;
  /** The bot's own id in this channel (`28:…`). */
  readonly botId: string;
};

/** One message the bot has sent, with what it takes to update it. */
export type MessageAddress = {
  readonly conversation: Conversation;
  readonly activityId: string;
};

/**
 * Brings an Entra object id to one spelling: 32 hexadecimal digits in lower case. The input may be in upper case, in braces,
 * without hyphens, or behind `8:orgid:` as Teams writes it. Any other id comes out in lower case.
 */
export function normalizeObjectId(id: string): string {
  const bare = id
    .trim()
    .toLowerCase()
    .replace(/^8:orgid:/, '');
  const digits = bare.replaceAll(/[{}()-]/g, '');
  return /^[\da-f]{32}$/.test(digits) ? digits : bare;
}

/** Every id of a person, in one spelling. The id that Teams gives may hold the Entra object id as well. */
function idsOfPerson({ objectId, teamsUserId }: Pick<Technician, 'objectId' | 'teamsUserId'>): readonly string[] {
  return [normalizeObjectId(objectId), normalizeObjectId(teamsUserId)];
}

/**
 * The address of a person in their own tenant, in lower case. A guest has `jane_home.example#ext#@host` for jane@home.example:
 * the last underscore stands for the at sign. Any other UPN is the address itself.
 */
export function readHomeAddress(userPrincipalName: string): string {
  const address = userPrincipalName.toLowerCase();
  const [guest] = address.split('#ext#');
  if (guest === undefined || guest === address) return address;
  const at = guest.lastIndexOf('_');
  return at === -1 ? guest : `${guest.slice(0, at)}@${guest.slice(at + 1)}`;
}

type Person = Pick<Technician, 'objectId' | 'teamsUserId' | 'userPrincipalName'>;

/** Whether two accounts belong to one person. An id in any spelling proves it, and so does the address or its guest form. */
export function isSamePerson(one: Person, other: Person): boolean {
  const ids = idsOfPerson(one);
  if (idsOfPerson(other).some((id) => ids.includes(id))) return true;
  if (one.userPrincipalName === undefined || other.userPrincipalName === undefined) return false;
  return readHomeAddress(one.userPrincipalName) === readHomeAddress(other.userPrincipalName);
}

/**
 * Whether this user account belongs to the person. An id in any spelling proves it, and so does the UPN or its guest form.
 * The guard keeps a technician from resetting their own password, and an approver from approving that.
 */
export function isOwnAccount(
  user: Pick<CustomerUser, 'id' | 'userPrincipalName'>,
  person: Pick<Technician, 'objectId' | 'teamsUserId' | 'userPrincipalName'>,
): boolean {
  if (idsOfPerson(person).includes(normalizeObjectId(user.id))) return true;
  if (person.userPrincipalName === undefined) return false;
  return readHomeAddress(user.userPrincipalName) === readHomeAddress(person.userPrincipalName);
}
