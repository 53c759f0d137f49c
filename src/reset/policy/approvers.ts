import { LRUCache } from 'lru-cache';
import { asId, type ObjectId, useCaseTunables } from '../../base/index.ts';
import type { WhereToAsk } from '../approval.ts';
import type { Dependencies } from '../dependencies.ts';
import { type Conversation, isOwnAccount, isSamePerson, normalizeObjectId, type Technician } from '../identity.ts';
import type { Contact } from '../ports/stores.ts';
import type { ResetRequest } from '../request.ts';
import { findRight } from './rights.ts';

/** Why somebody may not approve a request, or decline it. */
export type NotApprover = 'own-request' | 'own-account' | 'another-tenant' | 'not-an-approver' | 'groups-unknown';

/** By which right somebody may decide on a request. */
type Approver =
  { readonly kind: 'approver'; readonly right: string } | { readonly kind: 'none'; readonly why: NotApprover };

/**
 * Whether this person may approve the request now. Rule: never who asked for it, never whose account it is, by whatever
 * id or address they are known; and only somebody of the tenant it was asked in whom the policy names.
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
  const found = await findRight(groups, person.objectId, policy().approvers);
  if (found.kind === 'right') return { kind: 'approver', right: found.right };
  return { kind: 'none', why: found.why === 'groups-unknown' ? found.why : 'not-an-approver' };
}

const { maxApproversAsked, contactPageSize, maxContactPages, approverLookUpsAtOnce } = useCaseTunables;

/**
 * Where a second person is asked: in the chat where the reset was asked, if others are in it; otherwise in direct
 * messages to the approvers whom the policy names by id, those first who have written to the bot, and to those of its
 * groups who have, the latest first, ten at most. None: there is nobody to ask.
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

  /** Whoever never wrote is reached by their object id, from where the reset was asked, and comes last. */
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

  /** Of these, who may approve it; nobody is looked at twice. */
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

/** Somebody of whom nothing is known but the id that the policy gives them. */
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

/** Keeps who wrote to the bot and where, so that they can be asked for an approval; at most once an hour where nothing changed. */
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
