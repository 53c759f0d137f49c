import type { Conversation } from './conversation.ts';
import type { Technician } from './technician.ts';
import type { Tools } from '../tools.ts';

/** Often enough for an address that rarely changes, and seldom enough to cost nothing. Milliseconds. */
const keepsFor = 60 * 60_000;
/** So long the store is not even asked about somebody who was just looked up. */
const believedFor = 60_000;
const mostRemembered = 1000;

/** Keeps who wrote to the bot and where, so that they can be asked for an approval; at most once an hour where nothing changed. */
export function createRememberContact({
  contacts,
  clock,
}: Pick<Tools, 'contacts' | 'clock'>): (person: Technician, wroteIn: Conversation) => Promise<void> {
  const seen = new Map<string, { readonly what: string; readonly at: number }>();

  return async (person, wroteIn) => {
    const now = clock.now();
    const whose = `${person.tenantId}/${person.objectId}`;
    const what = JSON.stringify([person.teamsUserId, person.userPrincipalName, wroteIn.serviceUrl, wroteIn.botId]);
    const last = seen.get(whose);
    if (last?.what === what && now - last.at < believedFor) return;
    const known = await contacts.find(person.objectId, person.tenantId);
    const isSame =
      known !== undefined &&
      known.person.teamsUserId === person.teamsUserId &&
      known.person.userPrincipalName === person.userPrincipalName &&
      known.wroteIn.serviceUrl === wroteIn.serviceUrl &&
      known.wroteIn.botId === wroteIn.botId;
    if (!isSame || now - known.seenAt >= keepsFor) await contacts.keep({ person, wroteIn, seenAt: now });
    seen.delete(whose);
    seen.set(whose, { what, at: now });
    const [oldest] = seen.size > mostRemembered ? seen.keys() : [];
    if (oldest !== undefined) seen.delete(oldest);
  };
}
