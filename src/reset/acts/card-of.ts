import type { MessageAddress } from '../people/conversation.ts';
import type { ResetRequest } from '../reset-request.ts';

/**
 * Where the card of a request stands: where that was written down, else where its button was pressed, in the conversation
 * in which it was asked; the answer to its posting may have been lost.
 */
export function cardOf(
  { card, askedIn }: Pick<ResetRequest, 'card' | 'askedIn'>,
  pressedOn: MessageAddress | undefined,
): MessageAddress | undefined {
  if (card !== undefined || pressedOn?.conversation.id !== askedIn.id) return card;
  return { conversation: askedIn, activityId: pressedOn.activityId };
}
