import { asId, type ObjectId, useCaseTunables } from '../../base/index.ts';
import type { AskedApprover } from './approval.ts';
import type { Dependencies } from '../dependencies.ts';
import { normalizeObjectId, type Technician } from '../identity.ts';
import type { ChatMember } from '../ports/messages.ts';
import type { Refusal } from '../refusal.ts';
import { isAskedAmongOthers, type ResetRequest } from '../request.ts';
import { findConflict } from './approvers.ts';
import { listMembers } from './groups.ts';
import { isNamed } from './rights.ts';

const { maxApproversAsked, contactPageSize } = useCaseTunables;

type Asking = Pick<ResetRequest, 'technician' | 'target'>;

/**
 * Finds the approvers among those in a chat, whom the bot may mention there. Undefined if the roster does not answer.
 *
 * Where the policy names everybody, they are mentioned in a small chat alone: more than `useCaseTunables.maxApproversAsked` who
 * are called for what one of them can do are not called at all. Guests approve nothing.
 */
export async function findApproversInChat(
  { groups, policy, messages }: Pick<Dependencies, 'groups' | 'policy' | 'messages'>,
  request: Asking & Pick<ResetRequest, 'askedIn'>,
): Promise<readonly AskedApprover[] | undefined> {
  const roster = await messages.listMembers(request.askedIn);
  if (roster === 'unknown') return undefined;
  const { technician } = request;
  const { approvers } = policy();
  const own = roster.find(({ objectId }) => isSameId(objectId, technician.objectId));
  const people = roster.flatMap((member) => {
    const person = readPerson(member, technician, own?.tenantId);
    return person === undefined || findConflict(request, person) !== undefined ? [] : [person];
  });
  const lists = await Promise.all(
    approvers.flatMap((one) => (one.kind === 'group' ? [listMembers(groups, one.objectId)] : [])),
  );
  const known = lists.filter((list) => list !== 'unknown');
  const byName = approvers.filter(({ kind }) => kind === 'person');
  const ofAll = approvers.filter(({ kind }) => kind === 'everyone' || kind === 'tenant');
  const called = people.filter(
    (person) => isNamed(person, byName, new Set()) || known.some((list) => list.has(person.objectId.toLowerCase())),
  );
  const others = people.filter((person) => !called.includes(person) && isNamed(person, ofAll, new Set()));
  const isSmall = called.length + others.length <= maxApproversAsked;
  if (called.length === 0 && others.length > 0 && !isSmall) return undefined;
  const mentioned = isSmall ? [...called, ...others] : called.slice(0, maxApproversAsked);
  if (mentioned.length === 0 && lists.includes('unknown')) return undefined;
  return mentioned.map(({ teamsUserId, name }) => ({ member: teamsUserId, name }));
}

/** A member of the requester's tenant. The roster may spell a tenant otherwise than an activity does, but not in two ways. */
function readPerson(
  { objectId, tenantId, teamsUserId, name, userPrincipalName, isGuest }: ChatMember,
  requester: Technician,
  home: string | undefined,
): Technician | undefined {
  if (isGuest || objectId === undefined) return undefined;
  if (tenantId !== undefined && home !== undefined && tenantId.toLowerCase() !== home.toLowerCase()) return undefined;
  return { objectId: asId<ObjectId>(objectId), tenantId: requester.tenantId, teamsUserId, name, userPrincipalName };
}

function isSameId(one: string | undefined, other: string): boolean {
  return one !== undefined && normalizeObjectId(one) === normalizeObjectId(other);
}

/** Whether the requester is an approver, too, as far as the policy says so without a look-up of groups. */
export function isNamedApprover(
  { policy }: Pick<Dependencies, 'policy'>,
  { technician }: Pick<Asking, 'technician'>,
): boolean {
  return isNamed(technician, policy().approvers, new Set());
}

/** Why there is no one to ask, with the names of those who might have been asked elsewhere. */
export async function findNobodyToAsk(
  dependencies: Pick<Dependencies, 'groups' | 'policy' | 'contacts' | 'approverChat'>,
  request: Pick<ResetRequest, 'technician' | 'target' | 'askedIn'>,
): Promise<Refusal> {
  const { approverChat } = dependencies;
  const approvers = await findApproverNames(dependencies, request);
  return {
    kind: 'approval-not-possible',
    ...(approvers.length > 0 && { approvers }),
    ...(isNamedApprover(dependencies, request) && { isApprover: true }),
    ...(approverChat !== undefined && !isAskedAmongOthers(request) && { chat: approverChat }),
  };
}

/**
 * Finds the names of people who might approve, for a technician for whom no one could be asked. They come from those who
 * have written to the bot and from the groups, as far as these can be read. At most `useCaseTunables.maxApproversAsked`.
 */
async function findApproverNames(
  { groups, policy, contacts }: Pick<Dependencies, 'groups' | 'policy' | 'contacts'>,
  request: Asking,
): Promise<readonly string[]> {
  const { technician } = request;
  const { approvers } = policy();
  const ids = approvers.flatMap((one) => (one.kind === 'person' ? [asId<ObjectId>(one.objectId)] : []));
  const wanted = approvers.flatMap((one) => (one.kind === 'group' ? [one.objectId] : []));
  const [named, latest, lists, inGroups] = await Promise.all([
    Promise.all(ids.slice(0, maxApproversAsked).map((id) => contacts.find(id, technician.tenantId))),
    wanted.length === 0 ? [] : contacts.latest(technician.tenantId, contactPageSize),
    Promise.all(wanted.map((group) => listMembers(groups, group))),
    Promise.all(wanted.map((group) => groups.namesOf?.(group) ?? Promise.resolve([]))),
  ]);
  const known = lists.filter((list) => list !== 'unknown');
  const people = [
    ...named.flatMap((contact) => contact?.person ?? []),
    ...latest.flatMap(({ person }) => (known.some((list) => list.has(person.objectId.toLowerCase())) ? [person] : [])),
  ].filter((person) => findConflict(request, person) === undefined);
  const names = [...people.map(({ name }) => name), ...inGroups.flat().filter((name) => name !== technician.name)];
  return [...new Set(names)].filter((name) => name !== '').slice(0, maxApproversAsked);
}
