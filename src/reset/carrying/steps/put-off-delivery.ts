import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { messageDelay, unseenMilliseconds } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { giveUpDelivery } from './give-up-delivery.ts';
import { mayHold } from './may-hold.ts';
import { swapStep } from './swap-step.ts';

/** A chat that takes nothing for so many attempts, some minutes, is worth a word though it may take the next one. */
const toldAfter = 8;

/** A bot that was down while a password's time ran out puts it off this often before it gives up. */
const fewestAttempts = 4;

/**
 * An attempt to deliver has failed: it is tried again later, until its time is up. The chat where it was asked hears of it
 * once; then the request counts as ended for the requester. Rule: a password is kept as long as it may still be delivered,
 * for eight hours, like one that nobody looks at, and it is an attempt that failed after them which ends it, the fifth at
 * the earliest. So a bot that was down for longer tries before it gives up.
 */
export async function putOffDelivery(tools: Tools, before: ResetRequest, why: string): Promise<Moved> {
  const request = why === 'try-again' ? { ...before, heldBy: mayHold(tools, before) } : before;
  const now = tools.clock.now();
  const { endedAt, deliverBy } = request;
  tools.log({ level: 'warn', event: 'delivery-put-off', correlationId: request.correlationId, why });
  const isOver = deliverBy !== undefined && now >= deliverBy && request.putOff >= fewestAttempts;
  if (isOver) return giveUpDelivery(tools, request, { why, by: undefined });
  const mayPass = why === 'try-again' || why === 'gone-perhaps';
  const tell = endedAt === undefined && (!mayPass || request.putOff >= toldAfter);
  // The card loses its buttons now; once the password is delivered it is answered again.
  if (request.putOff === 0) await tools.messages.putCard(request);
  // Last before the step, because what is posted twice is read twice.
  if (tell) await tools.messages.sayUndelivered(request);
  const step = makeStep(
    request,
    {
      putOff: request.putOff + 1,
      endedAt: tell ? now : endedAt,
      // What an older program began to deliver has its time from now on.
      deliverBy: deliverBy ?? now + unseenMilliseconds,
      lease: undefined,
      dueAt: now + messageDelay(request.putOff),
    },
    { at: now, kind: 'delivery-put-off', actor: 'locksmith', facts: { why, times: request.putOff + 1 } },
  );
  return swapStep(tools, request, step);
}
