import { asId, type ObjectId } from '../../ids.ts';
import type { WhereToAsk } from './approval.ts';
import type { Contact } from '../people/contact.ts';
import { findApprover } from './find-approver.ts';
import { plainId } from '../people/plain-id.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

const mostAsked = 10;
const pageSize = 200;
/** Of those who wrote to the bot, further back nobody looks. */
const mostPages = 10;
/** How many people's groups are asked for at once. */
const atOnce = 20;

/**
 * Where a second person is asked: in the chat where the reset was asked, if others are in it; otherwise in direct
 * messages to the approvers whom the policy names by id, those first who have written to the bot, and to those of its
 * groups who have, the latest first, ten at most. None: there is nobody to ask.
 */
export async function whomToAsk(
  tools: Pick<Tools, 'groups' | 'policy' | 'contacts'>,
  request: Pick<ResetRequest, 'technician' | 'target' | 'askedIn'>,
): Promise<readonly WhereToAsk[]> {
  const { askedIn, technician } = request;
  const { approvers } = tools.policy();
  const seen = new Set<string>();
  let page = await tools.contacts.latest(technician.tenantId, pageSize);
  const named = await keepApprovers(await peopleNamed());
  const mayBeOthers = approvers.some(({ kind }) => kind !== 'person');
  if (askedIn.kind !== 'personal') {
    return named.length > 0 || mayBeOthers ? [{ kind: 'chat', conversation: askedIn }] : [];
  }
  const asked = [...named];
  if (!mayBeOthers) page = [];
  for (let pages = 1; page.length > 0 && asked.length < mostAsked; pages += 1) {
    for (let from = 0; from < page.length && asked.length < mostAsked; from += atOnce) {
      asked.push(...(await keepApprovers(page.slice(from, from + atOnce))));
    }
    page = pages < mostPages ? await tools.contacts.latest(technician.tenantId, pageSize, page.at(-1)) : [];
  }
  return asked
    .slice(0, mostAsked)
    .map(({ person, wroteIn }) => ({ kind: 'person', from: wroteIn, member: person.teamsUserId }));

  /** Whoever never wrote is reached by their object id, from where the reset was asked, and comes last. */
  async function peopleNamed(): Promise<readonly Contact[]> {
    const ids = approvers.flatMap((principal) => (principal.kind === 'person' ? [principal.objectId] : []));
    const known = await Promise.all(ids.map(contactOf));
    const strangers = ids
      .filter((_id, at) => known[at] === undefined)
      .map((id) => ({ person: unseen(technician, id), wroteIn: askedIn, seenAt: 0 }));
    return [...known.flatMap((contact) => contact ?? []), ...strangers];
  }

  async function contactOf(id: string): Promise<Contact | undefined> {
    const latest = page.find(({ person }) => plainId(person.objectId) === plainId(id));
    return latest ?? tools.contacts.find(asId<ObjectId>(id), technician.tenantId);
  }

  /** Of these, who may approve it; nobody is looked at twice. */
  async function keepApprovers(people: readonly Contact[]): Promise<readonly Contact[]> {
    const anew = people.filter(({ person }) => {
      const id = plainId(person.objectId);
      return !seen.has(id) && seen.add(id);
    });
    const judged = await Promise.all(
      anew.map(async (contact) => ({ contact, found: await findApprover(tools, request, contact.person) })),
    );
    return judged.filter(({ found }) => found.kind === 'approver').map(({ contact }) => contact);
  }
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
