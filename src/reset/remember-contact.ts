import type { Conversation } from './conversation.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';

/** Often enough for an address that rarely changes, and seldom enough to cost nothing. */
const keepsFor = 60 * 60_000;

/** Keeps who wrote to the bot, or pressed a button, and where, so that they can be asked for an approval; at most once an hour where nothing changed. */
export async function rememberContact(
  { contacts, clock }: Pick<Tools, 'contacts' | 'clock'>,
  person: Technician,
  wroteIn: Conversation,
): Promise<void> {
  const known = await contacts.find(person.objectId, person.tenantId);
  const now = clock.now();
  const isSame =
    known !== undefined &&
    known.person.teamsUserId === person.teamsUserId &&
    known.person.userPrincipalName === person.userPrincipalName &&
    known.wroteIn.serviceUrl === wroteIn.serviceUrl &&
    known.wroteIn.botId === wroteIn.botId;
  if (isSame && now - known.seenAt < keepsFor) return;
  await contacts.keep({ person, wroteIn, seenAt: now });
}
