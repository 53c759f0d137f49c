import type { Moved } from '../carry-out.ts';
import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import { messageDelay } from '../retry-rules.ts';
import type { MessageAddress } from '../conversation.ts';
import type { Tools } from '../tools.ts';
import { swapStep } from './swap-step.ts';

/** Teams now and then says of a message that stands that it is gone: it is believed after so many attempts. */
const goneAfter = 3;

/**
 * Hides the password in every message that may hold it, then calls it hidden. The sealed copy is erased at the first
 * attempt.
 */
export async function hide(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const hidden = makeStep(
    request,
    {
      state: 'hidden',
      heldBy: [],
      hiddenAt: now,
      sealedPassword: undefined,
      putOff: 0,
      dueAt: request.cardIsOwed ? now : undefined,
    },
    { at: now, kind: 'hidden', actor: 'locksmith' },
  );
  // Until the first attempt it was the card that was put off.
  const times = request.sealedPassword === undefined ? request.putOff : 0;
  const left: MessageAddress[] = [];
  let why = 'done';
  for (const directMessage of messagesOf(request)) {
    const put = await tools.messages.putDirectMessage({ ...hidden.after, directMessage }, undefined);
    const isHidden = put.kind === 'done' || (put.kind === 'gone' && times >= goneAfter);
    if (isHidden) continue;
    left.push(directMessage);
    why = put.kind;
  }
  if (left.length === 0) return swapStep(tools, request, hidden);
  tools.log({ level: 'warn', event: 'hiding-put-off', correlationId: request.correlationId, why });
  const step = makeStep(
    request,
    { sealedPassword: undefined, heldBy: left, putOff: times + 1, dueAt: now + messageDelay(times) },
    { at: now, kind: 'hiding-put-off', actor: 'locksmith', facts: { why, times: times + 1, left: left.length } },
  );
  return swapStep(tools, request, step);
}

/** The present direct message and those before it, each once. */
function messagesOf({ directMessage, heldBy }: ResetRequest): readonly MessageAddress[] {
  if (directMessage === undefined) return heldBy;
  const earlier = heldBy.filter(({ activityId }) => activityId !== directMessage.activityId);
  return [directMessage, ...earlier];
}
