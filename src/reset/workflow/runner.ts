import { isAskedEverywhere } from '../approval.ts';
import type { Dependencies } from '../dependencies.ts';
import {
  isWaitingForApproval,
  isWaitingForConfirmation,
  owesEndOfApprovalNotice,
  type ResetRequest,
  wasNothingSent,
} from '../request.ts';
import { states } from '../states.ts';
import { askApprovers, decideByPolicy, settleDecision, showDecision } from './approval-steps.ts';
import { attemptReset } from './attempt.ts';
import { updateCards } from './card-updates.ts';
import { refuse, type RunRequest, type StepOutcome } from './commit-step.ts';
import { beginDelivery, deliver, openDirectMessage, sealPassword } from './delivery.ts';
import { hidePassword } from './hiding.ts';
import { releaseLease, resumeOwnLease } from './lease.ts';
import { isFromBackup, reclaimLease, settleRestored } from './reclaim.ts';
import { confirmationValidMilliseconds } from './retry.ts';
import { isLeftToAnother } from './sealed-password.ts';

/**
 * Carries a request on, step by step, as far as it goes now; resolves to the request as it then stands. It begins with
 * the row as it is, because what the caller has read may be old, and with what this process left unfinished before; a step that
 * lost a swap looks again. Once `givenUp` is aborted it takes no further step, and leaves the request to whoever comes next.
 */
export function createRunner(dependencies: Dependencies, givenUp: AbortSignal): RunRequest {
  return async (request, { isClaimed } = { isClaimed: false }) => {
    let current = (await dependencies.store.find(request.id)) ?? request;
    let again = isClaimed ? undefined : resumeOwnLease(dependencies, current);
    for (;;) {
      const moved = await (again ??
        (givenUp.aborted ? releaseLease(dependencies, current) : takeStep(dependencies, current, givenUp)));
      again = undefined;
      if (moved.kind === 'rest') return current;
      const next = moved.kind === 'moved' ? moved.request : await dependencies.store.find(current.id);
      if (next === undefined || next.version === current.version) return current;
      current = next;
    }
  };
}

/**
 * The step that a request's state asks for. Without a lease of our own only those steps are taken that harm nobody
 * twice, and none while somebody holds one: their try may be on its way.
 */
function takeStep(dependencies: Dependencies, request: ResetRequest, givenUp: AbortSignal): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const leased = request.lease !== undefined && request.lease.until > now;
  const ours = leased && request.lease.owner === dependencies.instance;
  const due = !leased && request.dueAt !== undefined && request.dueAt <= now;
  if ((ours || due) && isFromBackup(request, dependencies.restoredFrom)) {
    return settleRestored(dependencies, request);
  }
  if ((ours || due) && isConfirmationStale(request, now)) return refuse(dependencies, request, { kind: 'too-old' });
  switch (request.state) {
    case 'proposed':
      if (isWaitingForConfirmation(request)) return rest();
      return ours ? decideByPolicy(dependencies, request) : claim();
    case 'approved':
      if (!ours) return claim();
      return request.approval?.isShown === false
        ? showDecision(dependencies, request)
        : openDirectMessage(dependencies, request);
    case 'message-open':
      return ours ? sealPassword(dependencies, request) : claim();
    case 'sealed':
      return ours ? attemptReset(dependencies, request, givenUp) : claim();
    case 'reset':
    case 'needs-attention':
      return ours ? beginDelivery(dependencies, request) : claim();
    case 'delivering':
      return ours ? deliver(dependencies, request) : claim();
    case 'resetting':
      return claim();
    case 'delivered':
      if (due && request.hideAt !== undefined && request.hideAt <= now) return hidePassword(dependencies, request);
      return answer();
    case 'hidden':
    case 'refused':
    case 'cancelled':
    case 'declined':
    case 'expired':
      return answer();
    case 'awaiting-approval':
      return waitForApproval();
  }

  function waitForApproval(): Promise<StepOutcome> {
    const { approval } = request;
    if (approval?.decision !== undefined) return ours ? settleDecision(dependencies, request) : claim();
    if (approval !== undefined && !isAskedEverywhere(approval))
      return ours ? askApprovers(dependencies, request) : claim();
    return answer();
  }

  /** What is said anew, and not put in place of what stands, is said by one process at a time. */
  function answer(): Promise<StepOutcome> {
    if (owesEndOfApprovalNotice(request)) return ours ? updateCards(dependencies, request) : claim();
    return due && request.cardIsOwed ? updateCards(dependencies, request) : rest();
  }

  function claim(): Promise<StepOutcome> {
    return due && !isLeftToAnother(dependencies, request, now) ? reclaimLease(dependencies, request) : rest();
  }
}

function rest(): Promise<StepOutcome> {
  return Promise.resolve({ kind: 'rest' });
}

/**
 * Whether what was confirmed could not begin for so long that the caller has hung up. Rule: then it is not reset any more,
 * because nobody would expect it; what a second person approved counts from then. One that was sent once, or may have been, goes on whatever its age.
 */
function isConfirmationStale(request: ResetRequest, now: number): boolean {
  const { password } = states[request.state];
  if ((password !== 'none' && password !== 'sealed') || isWaitingForApproval(request)) return false;
  const since = request.approval?.decision?.at ?? request.confirmedAt;
  return since !== undefined && now - since > confirmationValidMilliseconds && wasNothingSent(request);
}
