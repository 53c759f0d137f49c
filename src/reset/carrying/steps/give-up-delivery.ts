import { aboutRequest } from '../../about-request.ts';
import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Technician } from '../../people/technician.ts';
import type { Tools } from '../../tools.ts';
import { swapStep } from './swap-step.ts';

/**
 * Ends a request whose password cannot be brought to its requester: it is erased, the user is free for another reset, and
 * the requester is told where they asked. Rule: only after an attempt to deliver that failed, and only when its time is up
 * or somebody wants it closed. A message that may hold the password all the same is hidden first, until that is done.
 */
export async function giveUpDelivery(
  tools: Tools,
  request: ResetRequest,
  why: { readonly why: string; readonly by: Technician | undefined },
): Promise<Moved> {
  const now = tools.clock.now();
  const { by } = why;
  const ended = {
    sealedPassword: undefined,
    endedAt: request.endedAt ?? now,
    endedBy: by?.name,
    putOff: 0,
    cardIsOwed: true,
    lease: undefined,
    dueAt: now,
  };
  const mayStandSomewhere = request.state === 'delivering' && request.heldBy.length > 0;
  const step = makeStep(
    request,
    mayStandSomewhere ? { ...ended, state: 'delivered', hideAt: now } : { ...ended, state: 'hidden', hiddenAt: now },
    {
      at: now,
      kind: by === undefined ? 'given-up' : 'closed',
      actor: by?.objectId ?? 'locksmith',
      facts: { why: why.why, mayStandSomewhere },
    },
  );
  const moved = await swapStep(tools, request, step);
  if (moved.kind !== 'moved') return moved;
  if (by === undefined) tools.raiseAlarm({ kind: 'given-up', ...aboutRequest(request), why: 'undelivered' });
  if (by?.objectId !== request.technician.objectId) await tools.messages.sayUndelivered(moved.request);
  await tools.messages.putCard(moved.request);
  return moved;
}
