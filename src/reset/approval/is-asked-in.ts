import type { Approval } from './approval.ts';
import type { Conversation } from '../people/conversation.ts';

/** Whether a press comes from a chat in which the approval was asked for: a copy of the card elsewhere is none. */
export function isAskedIn({ places }: Pick<Approval, 'places'>, { id, tenantId }: Conversation): boolean {
  return places.some(({ where, card }) => {
    const asked = where.kind === 'chat' ? where.conversation : card?.conversation;
    return asked !== undefined && asked.id === id && asked.tenantId.toLowerCase() === tenantId.toLowerCase();
  });
}
