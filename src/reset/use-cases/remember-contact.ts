import { createBoundedCache, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';

const { contactRefreshMilliseconds, contactCacheMilliseconds, maxRememberedContacts } = useCaseTunables;

/**
 * Makes the function that stores who wrote to the bot and where, because only these people get a direct message. An
 * unchanged contact is written again after `useCaseTunables.contactRefreshMilliseconds` at the earliest. A message and the press
 * that follows it at once are one write.
 */
export function createRememberContact({
  contacts,
  clock,
}: Pick<Dependencies, 'contacts' | 'clock'>): (person: Technician, wroteIn: Conversation) => Promise<void> {
  const seen = createBoundedCache<string, { readonly what: string; readonly at: number }>(maxRememberedContacts);

  const writing = new Map<string, Promise<void>>();

  return (person, wroteIn) => {
    const now = clock.now();
    const whose = `${person.tenantId}/${person.objectId}`;
    const what = JSON.stringify([person.teamsUserId, person.userPrincipalName, wroteIn.serviceUrl, wroteIn.botId]);
    const last = seen.peek(whose);
    if (last?.what === what && now - last.at < contactCacheMilliseconds) return Promise.resolve();
    const key = `${whose} ${what}`;
    const already = writing.get(key);
    if (already !== undefined) return already;
    const written = keep(person, wroteIn, now)
      .then(() => void seen.set(whose, { what, at: now }))
      .finally(() => writing.delete(key));
    writing.set(key, written);
    return written;
  };

  async function keep(person: Technician, wroteIn: Conversation, now: number): Promise<void> {
    const known = await contacts.find(person.objectId, person.tenantId);
    const isSame =
      known !== undefined &&
      known.person.teamsUserId === person.teamsUserId &&
      known.person.userPrincipalName === person.userPrincipalName &&
      known.wroteIn.serviceUrl === wroteIn.serviceUrl &&
      known.wroteIn.botId === wroteIn.botId;
    if (!isSame || now - known.seenAt >= contactRefreshMilliseconds)
      await contacts.keep({ person, wroteIn, seenAt: now });
  }
}
