import { workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { PartnerTrouble, Refusal } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { commitStep, refuse, type StepOutcome } from './commit-step.ts';
import { messageDelay } from './retry-delays.ts';
import { updateApprovalCards } from './update-cards.ts';

/**
 * Ends a request for which Locksmith has certainly changed nothing. If the only obstacle is that Locksmith has no sign-in to
 * Partner Center, the request waits instead, as long as a confirmation is valid. Its cards say so.
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
      dueAt: now + Math.min(messageDelay(request.putOff), workflowTunables.maxSignInWaitMilliseconds),
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

/** It is tried once: the end of the request updates the cards again. */
async function showSignInWait(dependencies: Dependencies, request: ResetRequest): Promise<void> {
  await Promise.all([
    updateApprovalCards(dependencies, request),
    request.card === undefined ? undefined : dependencies.messages.updateRequestCard(request),
  ]);
}

/** Whether the only trouble is the sign-in of Locksmith to Partner Center, which an administrator can repair. */
function isSignInMissing({ code }: PartnerTrouble): boolean {
  return code === 'sign-in-failed' || code === 'mfa-required';
}
