import { asId, type ObjectId } from '../ids.ts';
import type { WhereToAsk } from './approval.ts';
import type { Contact } from './contact.ts';
import { findApprover } from './find-approver.ts';
import { plainId } from './plain-id.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';

const mostAsked = 10;
/** The latest who wrote to the bot; further back nobody looks. */
const mostContacts = 200;
/** How many people's groups are asked for at once. */
const atOnce = 20;

/**
 * Where a second person is asked: in the chat where the reset was asked, if others are in it; otherwise in direct
 * messages to the approvers whom the policy names by id, and to those of its groups who have written to the bot, the
 * latest first, ten at most. None: there is nobody to ask.
 */
export async function whomToAsk(
  tools: Pick<Tools, 'groups' | 'policy' | 'contacts'>,
  request: Pick<ResetRequest, 'technician' | 'target' | 'askedIn'>,
): Promise<readonly WhereToAsk[]> {
  const { askedIn, technician } = request;
  const contacts = await tools.contacts.latest(technician.tenantId, mostContacts);
  const named = await keepApprovers(peopleNamed());
  if (askedIn.kind !== 'personal') {
    const others = named.length > 0 || tools.policy().approvers.some(({ kind }) => kind !== 'person');
    return others ? [{ kind: 'chat', conversation: askedIn }] : [];
  }
  const asked = [...named];
  const strangers = contacts.filter(({ person }) => !named.some((one) => isOf(one, person)));
  for (let from = 0; from < strangers.length && asked.length < mostAsked; from += atOnce) {
    asked.push(...(await keepApprovers(strangers.slice(from, from + atOnce))));
  }
  return asked
    .slice(0, mostAsked)
    .map(({ person, wroteIn }) => ({ kind: 'person', from: wroteIn, member: person.teamsUserId }));

  /** Whoever never wrote is reached by their object id, from where the reset was asked. */
  function peopleNamed(): readonly Contact[] {
    return tools.policy().approvers.flatMap((principal) => {
      if (principal.kind !== 'person') return [];
      const known = contacts.find(({ person }) => plainId(person.objectId) === plainId(principal.objectId));
      return known ?? { person: unseen(technician, principal.objectId), wroteIn: askedIn, seenAt: 0 };
    });
  }

  async function keepApprovers(people: readonly Contact[]): Promise<readonly Contact[]> {
    const judged = await Promise.all(
      people.map(async (contact) => ({ contact, found: await findApprover(tools, request, contact.person) })),
    );
    return judged.filter(({ found }) => found.kind === 'approver').map(({ contact }) => contact);
  }
}

function isOf(contact: Contact, person: Technician): boolean {
  return plainId(contact.person.objectId) === plainId(person.objectId);
}

/** Somebody of whom nothing is known but the id that the policy gives them. */
function unseen(like: Technician, objectId: string): Technician {
  const { tenantId } = like;
  return {
    objectId: asId<ObjectId>(objectId),
    tenantId,
    teamsUserId: objectId,
    name: objectId,
    userPrincipalName: undefined,
  };
}
