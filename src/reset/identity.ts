import type { ObjectId, TenantId } from '../base/index.ts';
import type { CustomerUser } from './target.ts';

/** Somebody who talks to the bot, as the signed activity names them. Decisions rest on `objectId` and `tenantId` alone. */
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
 * One spelling for the ways in which an Entra object id is written: in upper case, in braces, without hyphens, with
 * Teams' own `8:orgid:` before it. Any other id comes out in lower case.
 */
export function normalizeObjectId(id: string): string {
  const bare = id
    .trim()
    .toLowerCase()
    .replace(/^8:orgid:/, '');
  const digits = bare.replaceAll(/[{}()-]/g, '');
  return /^[\da-f]{32}$/.test(digits) ? digits : bare;
}

/** Every id by which somebody is known, in one spelling: Teams may name a person by an id that holds the Entra object id. */
function idsOfPerson({ objectId, teamsUserId }: Pick<Technician, 'objectId' | 'teamsUserId'>): readonly string[] {
  return [normalizeObjectId(objectId), normalizeObjectId(teamsUserId)];
}

/** The address somebody has at home: `jane_home.example#ext#@host` is jane@home.example; the last underscore stands for the at sign. */
export function readHomeAddress(userPrincipalName: string): string {
  const address = userPrincipalName.toLowerCase();
  const [guest] = address.split('#ext#');
  if (guest === undefined || guest === address) return address;
  const at = guest.lastIndexOf('_');
  return at === -1 ? guest : `${guest.slice(0, at)}@${guest.slice(at + 1)}`;
}

type Person = Pick<Technician, 'objectId' | 'teamsUserId' | 'userPrincipalName'>;

/** Whether two who talk to the bot are one person: by any spelling of an id, or by an address or the guest form of one. */
export function isSamePerson(one: Person, other: Person): boolean {
  const ids = idsOfPerson(one);
  if (idsOfPerson(other).some((id) => ids.includes(id))) return true;
  if (one.userPrincipalName === undefined || other.userPrincipalName === undefined) return false;
  return readHomeAddress(one.userPrincipalName) === readHomeAddress(other.userPrincipalName);
}

/** Whether the user is the person themselves: by any spelling of an id, by UPN, or by the guest form of either one’s UPN. */
export function isOwnAccount(
  user: Pick<CustomerUser, 'id' | 'userPrincipalName'>,
  person: Pick<Technician, 'objectId' | 'teamsUserId' | 'userPrincipalName'>,
): boolean {
  if (idsOfPerson(person).includes(normalizeObjectId(user.id))) return true;
  if (person.userPrincipalName === undefined) return false;
  return readHomeAddress(user.userPrincipalName) === readHomeAddress(person.userPrincipalName);
}
