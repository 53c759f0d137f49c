import type { Dependencies } from '../dependencies.ts';
import type { PartnerTrouble, Refusal } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { updateApprovalCards } from './card-updates.ts';
import { commitStep, refuse } from './commit-step.ts';
import { messageDelay } from './retry.ts';
import type { StepOutcome } from './commit-step.ts';

/** A new sign-in is taken up within this time. */
const maxSignInWaitMilliseconds = 60_000;

/**
 * Ends a request of which it is certain that nothing was changed. Where nothing stands against it but that Locksmith has
 * no sign-in to Partner Center, it waits instead and goes on by itself, for as long as a confirmation holds; its cards say so.
 */
export async function refuseOrWaitForSignIn(
  dependencies: Dependencies,
  request: ResetRequest,
  refusal: Refusal,
): Promise<StepOutcome> {
  if (refusal.kind !== 'partner-center' || !isSignInMissing(refusal.trouble))
    return refuse(dependencies, request, refusal);
  const now = dependencies.clock.now();
  const step = makeStep(
    request,
    {
      state: request.state === 'resetting' ? 'sealed' : request.state,
      putOff: request.putOff + 1,
      lease: undefined,
      dueAt: now + Math.min(messageDelay(request.putOff), maxSignInWaitMilliseconds),
    },
    {
      at: now,
      kind: 'sign-in-awaited',
      actor: 'locksmith',
      facts: { trouble: refusal.trouble.code, times: request.putOff + 1 },
    },
  );
  const moved = await commitStep(dependencies, request, step);
  if (moved.kind === 'moved' && moved.request.putOff === 1) await showSignInWait(dependencies, moved.request);
  return moved;
}

/** Once is enough: what does not take it now is told at the end. */
async function showSignInWait(dependencies: Dependencies, request: ResetRequest): Promise<void> {
  await Promise.all([
    updateApprovalCards(dependencies, request),
    request.card === undefined ? undefined : dependencies.messages.updateRequestCard(request),
  ]);
}

/** Whether nothing is wrong but Locksmith's own sign-in to Partner Center, which somebody mends or which passes. */
function isSignInMissing({ code }: PartnerTrouble): boolean {
  return code === 'sign-in-failed' || code === 'mfa-required';
}
