import { workflowTunables } from '../../base/index.ts';
import { findReminderTime, isAskedEverywhere } from '../policy/approval.ts';
import type { Dependencies } from '../dependencies.ts';
import { isLeased, isLeasedBy, type ResetRequest } from '../request.ts';
import {
  isWaitingForApproval,
  isWaitingForConfirmation,
  owesEndOfApprovalNotice,
  wasNothingSent,
} from '../request-status.ts';
import { states } from '../states.ts';
import { askApprovers, remindApprovers, settleDecision, showDecision } from './approval-steps.ts';
import { decideByPolicy } from './decide-by-policy.ts';
import { attemptFirstReset, attemptReset, followWriteBack } from './reset-attempt.ts';
import { updateCards } from './update-cards.ts';
import { refuse, releaseLease, type RunRequest, type StepOutcome } from './commit-step.ts';
import { beginDelivery, deliver } from './direct-message/delivery.ts';
import { hidePassword, replaceEarlier } from './direct-message/hide-password.ts';
import { isLateHidingDue } from './direct-message/late-put.ts';
import { openDirectMessage } from './direct-message/open-direct-message.ts';
import { rememberFacts } from '../policy/user-facts.ts';
import { isFromBackup, reclaimLease, resumeOwnLease, settleRestored } from './reclaim-lease.ts';
import { showFollowUps } from './direct-message/show-follow-ups.ts';
import { isLeftToAnother } from './sealed-password.ts';

/**
 * Makes the function that runs a request: it takes one step after another until there is nothing to do now.
 *
 * A run begins by reading the row again, because the row of the caller may be old, unless the caller has just committed it. A
 * step that loses its swap also reads the row again. Facts that a run has read count for its later steps while they are
 * recent. Once `givenUp` is aborted the run takes no further step and releases the request to other instances.
 */
export function createRunner(given: Dependencies, givenUp: AbortSignal): RunRequest {
  return async (request, { isClaimed } = { isClaimed: false }) => {
    const dependencies = rememberFacts(given);
    // What the caller has just committed is the row. If another process was faster, the first swap finds out.
    let current = isClaimed ? request : ((await dependencies.store.find(request.id)) ?? request);
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
 * Takes the step that the state of the request asks for.
 *
 * Steps that touch Partner Center or a chat need the lease of this process. Without it, a due request is claimed first. While
 * another instance holds the lease no step is taken, because its PATCH may be on its way.
 */
function takeStep(dependencies: Dependencies, request: ResetRequest, givenUp: AbortSignal): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const ours = isLeasedBy(request, dependencies.instance, now);
  const due = !isLeased(request, now) && request.dueAt !== undefined && request.dueAt <= now;
  if ((ours || due) && isFromBackup(request, dependencies.restoredFrom)) {
    return settleRestored(dependencies, request);
  }
  if ((ours || due) && isConfirmationStale(request, now)) return refuse(dependencies, request, { kind: 'too-old' });
  switch (request.state) {
    case 'proposed':
      if (isWaitingForConfirmation(request)) return answer();
      return ours ? decideByPolicy(dependencies, request) : claim();
    case 'approved':
      if (!ours) return claim();
      return request.approval?.isShown === false
        ? showDecision(dependencies, request)
        : openDirectMessage(dependencies, request);
    case 'message-open':
      return ours ? attemptFirstReset(dependencies, request, givenUp) : claim();
    case 'sealed':
      return ours ? attemptReset(dependencies, request, givenUp) : claim();
    case 'reset':
    case 'needs-attention':
      return ours ? replaceEarlier(dependencies, request).then(() => beginDelivery(dependencies, request)) : claim();
    case 'delivering':
      return ours ? replaceEarlier(dependencies, request).then(() => deliver(dependencies, request)) : claim();
    case 'resetting':
      return ours && request.writeBack?.location !== undefined
        ? followWriteBack(dependencies, request, givenUp)
        : claim();
    case 'delivered':
      if ((due || ours) && request.hideAt !== undefined && request.hideAt <= now)
        return hidePassword(dependencies, request);
      if (request.messageOwed === undefined) return answer();
      return ours ? showFollowUps(dependencies, request) : claim();
    case 'hidden':
      return due && (request.heldBy.length > 0 || isLateHidingDue(request, now))
        ? hidePassword(dependencies, request)
        : answer();
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
    const remindAt = approval && findReminderTime(approval);
    const isReminderDue = remindAt !== undefined && remindAt <= now && now < (approval?.approveBy ?? 0);
    return due && isReminderDue ? remindApprovers(dependencies, request) : answer();
  }

  /**
   * A notice that is posted as a new message needs the lease, so that two instances do not post it twice. An update of a
   * message may happen twice.
   */
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
 * Whether a confirmed request could not begin for so long that the caller has hung up. Rule: it is not reset any more,
 * because a reset would surprise the user. The time runs from the confirmation, or from the approval if there is one. A
 * request whose PATCH was sent, or may have been sent, continues at any age.
 */
function isConfirmationStale(request: ResetRequest, now: number): boolean {
  const { password } = states[request.state];
  if ((password !== 'none' && password !== 'sealed') || isWaitingForApproval(request)) return false;
  const since = request.approval?.decision?.at ?? request.confirmedAt;
  return since !== undefined && now - since > workflowTunables.confirmationValidMilliseconds && wasNothingSent(request);
}
