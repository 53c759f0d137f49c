import { LRUCache } from 'lru-cache';
import { useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';

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
