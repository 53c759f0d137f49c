import type { Moved } from '../carry-out.ts';
import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import { messageDelay } from '../retry-rules.ts';
import type { Tools } from '../tools.ts';
import { swapStep } from './swap-step.ts';

/** Teams now and then says of a message that stands that it is gone: it is believed after so many attempts. */
const goneAfter = 3;

/** Hides the password in the direct message, then calls it hidden. The sealed copy is erased at the first attempt. */
export async function hide(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const hidden = makeStep(
    request,
    {
      state: 'hidden',
      hiddenAt: now,
      sealedPassword: undefined,
      putOff: 0,
      dueAt: request.cardIsOwed ? now : undefined,
    },
    { at: now, kind: 'hidden', actor: 'locksmith' },
  );
  const put = await tools.messages.putDirectMessage(hidden.after, undefined);
  // Until the first attempt it was the card that was put off.
  const times = request.sealedPassword === undefined ? request.putOff : 0;
  const isGone = put.kind === 'gone' && times >= goneAfter;
  if (put.kind === 'done' || isGone) return swapStep(tools, request, hidden);
  tools.log({ level: 'warn', event: 'hiding-put-off', correlationId: request.correlationId, why: put.kind });
  const step = makeStep(
    request,
    { sealedPassword: undefined, putOff: times + 1, dueAt: now + messageDelay(times) },
    { at: now, kind: 'hiding-put-off', actor: 'locksmith', facts: { why: put.kind, times: times + 1 } },
  );
  return swapStep(tools, request, step);
}
