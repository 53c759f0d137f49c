import type { Moved } from '../carry-out.ts';
import { isSignInMissing } from '../../is-sign-in-missing.ts';
import { makeStep } from '../../make-step.ts';
import type { Refusal } from '../../refusal.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { messageDelay } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { refuse } from './refuse.ts';
import { putCopies } from './put-copies.ts';
import { swapStep } from './swap-step.ts';

/** A new sign-in is taken up within this time. */
const longestWait = 60_000;

/**
 * Ends a request of which it is certain that nothing was changed. Where nothing stands against it but that Locksmith has
 * no sign-in to Partner Center, it waits instead and goes on by itself, for as long as a confirmation holds; its cards say so.
 */
export async function refuseOrWait(tools: Tools, request: ResetRequest, refusal: Refusal): Promise<Moved> {
  if (refusal.kind !== 'partner-center' || !isSignInMissing(refusal.trouble)) return refuse(tools, request, refusal);
  const now = tools.clock.now();
  const step = makeStep(
    request,
    {
      state: request.state === 'resetting' ? 'sealed' : request.state,
      putOff: request.putOff + 1,
      lease: undefined,
      dueAt: now + Math.min(messageDelay(request.putOff), longestWait),
    },
    {
      at: now,
      kind: 'sign-in-awaited',
      actor: 'locksmith',
      facts: { trouble: refusal.trouble.code, times: request.putOff + 1 },
    },
  );
  const moved = await swapStep(tools, request, step);
  if (moved.kind === 'moved' && moved.request.putOff === 1) await sayThatItWaits(tools, moved.request);
  return moved;
}

/** Once is enough: what does not take it now is told at the end. */
async function sayThatItWaits(tools: Tools, request: ResetRequest): Promise<void> {
  await Promise.all([
    putCopies(tools, request),
    request.card === undefined ? undefined : tools.messages.putCard(request),
  ]);
}
