import { LRUCache } from 'lru-cache';
import { asId, type ObjectId, useCaseTunables } from '../../base/index.ts';
import type { WhereToAsk } from '../approval.ts';
import type { Dependencies } from '../dependencies.ts';
import { type Conversation, isOwnAccount, isSamePerson, normalizeObjectId, type Technician } from '../identity.ts';
import type { Contact } from '../ports/stores.ts';
import type { ResetRequest } from '../request.ts';
import { findRight } from './rights.ts';

/** Why a person may neither approve nor decline a request. */
export type NotApprover = 'own-request' | 'own-account' | 'another-tenant' | 'not-an-approver' | 'groups-unknown';

/** By which right a person may decide on a request, or why they may not. */
type Approver =
  { readonly kind: 'approver'; readonly right: string } | { readonly kind: 'none'; readonly why: NotApprover };

/**
 * Whether this person may approve or decline the request now, and by which right.
 *
 * Rule: neither the requester nor the owner of the account may decide. They are recognised by every id and address, so
 * that a second account of theirs does not pass for another person. An approver belongs to the requester's tenant, and the
 * policy names them.
 */
export async function findApprover(
  { groups, policy }: Pick<Dependencies, 'groups' | 'policy'>,
  { technician, target }: Pick<ResetRequest, 'technician' | 'target'>,
  person: Technician,
): Promise<Approver> {
  if (isSamePerson(person, technician)) return { kind: 'none', why: 'own-request' };
  if (isOwnAccount(target.user, person)) return { kind: 'none', why: 'own-account' };
  if (person.tenantId.toLowerCase() !== technician.tenantId.toLowerCase())
    return { kind: 'none', why: 'another-tenant' };
  const found = await findRight(groups, person, policy().approvers);
  if (found.kind === 'right') return { kind: 'approver', right: found.right };
  return { kind: 'none', why: found.why === 'groups-unknown' ? found.why : 'not-an-approver' };
}

const { maxApproversAsked, contactPageSize, maxContactPages, approverLookUpsAtOnce } = useCaseTunables;

/**
 * Finds the places where a second person is asked. An empty list means that no approver can be reached.
 *
 * In a group chat or channel that is the same chat. Otherwise it is a direct message to each approver, at most
 * `useCaseTunables.maxApproversAsked`. Approvers whom the policy names by id come first, and of these the ones who have
 * written to the bot. Then come members of its groups who have written to the bot, the latest first.
 */
export async function findPlacesToAsk(
  dependencies: Pick<Dependencies, 'groups' | 'policy' | 'contacts'>,
  request: Pick<ResetRequest, 'technician' | 'target' | 'askedIn'>,
): Promise<readonly WhereToAsk[]> {
  const { askedIn, technician } = request;
  const { approvers } = dependencies.policy();
  const seen = new Set<string>();
  let page = await dependencies.contacts.latest(technician.tenantId, contactPageSize);
  const named = await keepApprovers(await peopleNamed());
  const mayBeOthers = approvers.some(({ kind }) => kind !== 'person');
  if (askedIn.kind !== 'personal') {
    return named.length > 0 || mayBeOthers ? [{ kind: 'chat', conversation: askedIn }] : [];
  }
  const asked = [...named];
  if (!mayBeOthers) page = [];
  for (let pages = 1; page.length > 0 && asked.length < maxApproversAsked; pages += 1) {
    for (let from = 0; from < page.length && asked.length < maxApproversAsked; from += approverLookUpsAtOnce) {
      asked.push(...(await keepApprovers(page.slice(from, from + approverLookUpsAtOnce))));
    }
    page =
      pages < maxContactPages
        ? await dependencies.contacts.latest(technician.tenantId, contactPageSize, page.at(-1))
        : [];
  }
  return asked
    .slice(0, maxApproversAsked)
    .map(({ person, wroteIn }) => ({ kind: 'person', from: wroteIn, member: person.teamsUserId }));

  /** The people whom the policy names by id. Those who never wrote to the bot come last, and their object id is the address. */
  async function peopleNamed(): Promise<readonly Contact[]> {
    const ids = approvers.flatMap((principal) => (principal.kind === 'person' ? [principal.objectId] : []));
    const known = await Promise.all(ids.map(contactOf));
    const strangers = ids
      .filter((_id, at) => known[at] === undefined)
      .map((id) => ({ person: createUnseenPerson(technician, id), wroteIn: askedIn, seenAt: 0 }));
    return [...known.flatMap((contact) => contact ?? []), ...strangers];
  }

  async function contactOf(id: string): Promise<Contact | undefined> {
    const latest = page.find(({ person }) => normalizeObjectId(person.objectId) === normalizeObjectId(id));
    return latest ?? dependencies.contacts.find(asId<ObjectId>(id), technician.tenantId);
  }

  /** Those of these people who may approve the request. Each person is looked up only once. */
  async function keepApprovers(people: readonly Contact[]): Promise<readonly Contact[]> {
    const anew = people.filter(({ person }) => {
      const id = normalizeObjectId(person.objectId);
      return !seen.has(id) && seen.add(id);
    });
    const judged = await Promise.all(
      anew.map(async (contact) => ({ contact, found: await findApprover(dependencies, request, contact.person) })),
    );
    return judged.filter(({ found }) => found.kind === 'approver').map(({ contact }) => contact);
  }
}

/** A person who never wrote to the bot: only the object id from the policy is known. */
function createUnseenPerson(like: Technician, objectId: string): Technician {
  const { tenantId } = like;
  return {
    objectId: asId<ObjectId>(objectId),
    tenantId,
    teamsUserId: objectId,
    name: objectId,
    userPrincipalName: undefined,
  };
}

const { contactRefreshMilliseconds, contactCacheMilliseconds, maxRememberedContacts } = useCaseTunables;

/**
 * Makes the function that stores who wrote to the bot and where, because only these people get a direct message. An
 * unchanged contact is written again after `useCaseTunables.contactRefreshMilliseconds` at the earliest.
 */
export function createRememberContact({
  contacts,
  clock,
}: Pick<Dependencies, 'contacts' | 'clock'>): (person: Technician, wroteIn: Conversation) => Promise<void> {
  const seen = new LRUCache<string, { readonly what: string; readonly at: number }>({ max: maxRememberedContacts });

  return async (person, wroteIn) => {
    const now = clock.now();
    const whose = `${person.tenantId}/${person.objectId}`;
    const what = JSON.stringify([person.teamsUserId, person.userPrincipalName, wroteIn.serviceUrl, wroteIn.botId]);
    const last = seen.peek(whose);
    if (last?.what === what && now - last.at < contactCacheMilliseconds) return;
    const known = await contacts.find(person.objectId, person.tenantId);
    const isSame =
      known !== undefined &&
      known.person.teamsUserId === person.teamsUserId &&
      known.person.userPrincipalName === person.userPrincipalName &&
      known.wroteIn.serviceUrl === wroteIn.serviceUrl &&
      known.wroteIn.botId === wroteIn.botId;
    if (!isSame || now - known.seenAt >= contactRefreshMilliseconds)
      await contacts.keep({ person, wroteIn, seenAt: now });
    seen.set(whose, { what, at: now });
  };
}
