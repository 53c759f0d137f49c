import type { MessageAddress } from '../../people/conversation.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';

/** The messages that may hold the password once an attempt to put it into the present one has no clear end. */
export function mayHold({ delivery }: Pick<Tools, 'delivery'>, request: ResetRequest): readonly MessageAddress[] {
  const { heldBy, directMessage } = request;
  if (delivery === 'reveal' || directMessage === undefined) return heldBy;
  return isAmong(heldBy, directMessage) ? heldBy : [...heldBy, directMessage];
}

function isAmong(messages: readonly MessageAddress[], { conversation, activityId }: MessageAddress): boolean {
  return messages.some((one) => one.activityId === activityId && one.conversation.id === conversation.id);
}
