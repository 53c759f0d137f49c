import { asId, type ObjectId, useCaseTunables } from '../../base/index.ts';
import type { WhereToAsk } from './approval.ts';
import type { Dependencies } from '../dependencies.ts';
import { isOwnAccount, isSamePerson, normalizeObjectId, type Technician } from '../identity.ts';
import type { Contact } from '../ports/stores.ts';
import type { ResetRequest } from '../request.ts';
import { listMembers } from './groups.ts';
import { findRight, isNamed } from './rights.ts';

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
  request: Pick<ResetRequest, 'technician' | 'target'>,
  person: Technician,
): Promise<Approver> {
  const conflict = findConflict(request, person);
  if (conflict !== undefined) return { kind: 'none', why: conflict };
  const found = await findRight(groups, person, policy().approvers);
  if (found.kind === 'right') return { kind: 'approver', right: found.right };
  return { kind: 'none', why: found.why === 'groups-unknown' ? found.why : 'not-an-approver' };
}

/** Why this person can never decide on the request, whatever the policy says. Undefined where nothing stands against it. */
export function findConflict(
  { technician, target }: Pick<ResetRequest, 'technician' | 'target'>,
  person: Technician,
): NotApprover | undefined {
  if (isSamePerson(person, technician)) return 'own-request';
  if (isOwnAccount(target.user, person)) return 'own-account';
  return person.tenantId.toLowerCase() === technician.tenantId.toLowerCase() ? undefined : 'another-tenant';
}

const { maxApproversAsked, contactPageSize, maxContactPages, maxApproverLookUps } = useCaseTunables;

type Asking = Pick<ResetRequest, 'technician' | 'target' | 'askedIn'>;

/**
 * Whether anybody might be asked for an approval, as far as that can be said without a look-up of groups. It is asked for each
 * sentence, so it costs no call; `findPlacesToAsk` decides once an approval is asked for.
 */
export async function mayFindApprover(
  { policy, contacts }: Pick<Dependencies, 'policy' | 'contacts'>,
  request: Asking,
): Promise<boolean> {
  const { technician, askedIn } = request;
  const { approvers } = policy();
  const isElse = (person: Technician): boolean => findConflict(request, person) === undefined;
  const isNamed = approvers.some(
    (one) => one.kind === 'person' && isElse(createUnseenPerson(technician, one.objectId)),
  );
  const mayBeOthers = approvers.some(({ kind }) => kind !== 'person');
  if (isNamed || !mayBeOthers) return isNamed;
  if (askedIn.kind !== 'personal') return true;
  const latest = await contacts.latest(technician.tenantId, contactPageSize);
  return latest.some(({ person }) => isElse(person));
}

/**
 * Finds the places where a second person is asked. An empty list means that no approver can be reached.
 *
 * In a group chat or channel that is the same chat. Otherwise it is a direct message to each approver, at most
 * `useCaseTunables.maxApproversAsked`. Approvers whom the policy names by id come first, and of these the ones who have
 * written to the bot. Then come the others who have written to the bot, the latest first. The members of a group are listed
 * in one call; if they cannot be, the groups of a few people are looked up. The one who presses is looked up in any case.
 */
export async function findPlacesToAsk(
  dependencies: Pick<Dependencies, 'groups' | 'policy' | 'contacts'>,
  request: Asking,
): Promise<readonly WhereToAsk[]> {
  const { askedIn, technician } = request;
  const { approvers } = dependencies.policy();
  const mayBeOthers = approvers.some(({ kind }) => kind !== 'person');
  const named = keepUnrelated(await findNamed());
  if (askedIn.kind !== 'personal') {
    return named.length > 0 || mayBeOthers ? [{ kind: 'chat', conversation: askedIn }] : [];
  }
  const asked = new Map(named.map((contact) => [normalizeObjectId(contact.person.objectId), contact]));
  if (mayBeOthers && asked.size < maxApproversAsked) await addOthers();
  return [...asked.values()].slice(0, maxApproversAsked).map(({ person, wroteIn, seenAt }) => ({
    kind: 'person',
    from: wroteIn,
    member: person.teamsUserId,
    name: seenAt > 0 ? person.name : undefined,
  }));

  /** The people whom the policy names by id. Those who never wrote to the bot come last, and their object id is the address. */
  async function findNamed(): Promise<readonly Contact[]> {
    const all = approvers.flatMap((principal) => (principal.kind === 'person' ? [principal.objectId] : []));
    const spellings = all.map(normalizeObjectId);
    const ids = all.filter((_id, at) => spellings.indexOf(spellings[at] ?? '') === at);
    const known = await Promise.all(
      ids.map((id) => dependencies.contacts.find(asId<ObjectId>(id), technician.tenantId)),
    );
    const strangers = ids
      .filter((_id, at) => known[at] === undefined)
      .map((id) => ({ person: createUnseenPerson(technician, id), wroteIn: askedIn, seenAt: 0 }));
    return [
      ...known.flatMap((contact) => contact ?? []).toSorted((one, other) => other.seenAt - one.seenAt),
      ...strangers,
    ];
  }

  function keepUnrelated(people: readonly Contact[]): readonly Contact[] {
    return people.filter(({ person }) => findConflict(request, person) === undefined);
  }

  /** Adds those who have written to the bot and whom the policy names as everyone, by their tenant or by a group. */
  async function addOthers(): Promise<void> {
    const isKnown = await findMembership();
    let page = await dependencies.contacts.latest(technician.tenantId, contactPageSize);
    for (let pages = 1; page.length > 0 && asked.size < maxApproversAsked; pages += 1) {
      for (const contact of keepUnrelated(page)) {
        if (asked.size >= maxApproversAsked) return;
        const id = normalizeObjectId(contact.person.objectId);
        if (!asked.has(id) && (await isKnown(contact.person))) asked.set(id, contact);
      }
      page =
        pages < maxContactPages
          ? await dependencies.contacts.latest(technician.tenantId, contactPageSize, page.at(-1))
          : [];
    }
  }

  /** How it is found out whether the policy names somebody: by lists that were read once, or by a few look-ups. */
  async function findMembership(): Promise<(person: Technician) => boolean | Promise<boolean>> {
    if (
      isNamed(
        technician,
        approvers.filter(({ kind }) => kind === 'everyone' || kind === 'tenant'),
        new Set(),
      )
    )
      return () => true;
    const lists = await Promise.all(
      approvers.flatMap((one) => (one.kind === 'group' ? [listMembers(dependencies.groups, one.objectId)] : [])),
    );
    const members = new Set(lists.flatMap((list) => (list === 'unknown' ? [] : [...list])));
    const isComplete = !lists.includes('unknown');
    let lookUps = 0;
    return async (person) => {
      if (members.has(person.objectId.toLowerCase())) return true;
      if (isComplete || lookUps >= maxApproverLookUps) return false;
      lookUps += 1;
      return (await findApprover(dependencies, request, person)).kind === 'approver';
    };
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
