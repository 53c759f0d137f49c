import { workflowTunables } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import { isLeasedBy, type ResetRequest } from '../request.ts';
import { isWaitingForApproval, isWaitingForConfirmation, wasNothingSent } from '../request-status.ts';
import { states } from '../states.ts';
import { makeStep } from '../step.ts';
import { judgeAttempt } from './attempt-outcome.ts';
import { hasEnoughLease } from './keep-lease.ts';
import { commitStep, refuse, renewLease, type StepOutcome, requireAttention } from './commit-step.ts';
import { messagesWithPassword } from './sealed-password.ts';
import { noteOvertaken } from './direct-message/late-put.ts';
import { giveUpDelivery } from './direct-message/undelivered.ts';

/**
 * Resumes unfinished work of this process under the lease that it still has. Undefined if there is no such work, as right
 * after the press of a button.
 *
 * Rule: no message is posted and no password is put anywhere again before this step is committed. So a store that cannot write
 * lets no second message be posted. A message that may hold the password already is noted here and hidden with the others.
 *
 * The lease is not renewed. Enough of it must be left for one call with all its retries. Otherwise a late call
 * could meet what another instance has done since.
 */
export function resumeOwnLease(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> | undefined {
  const now = dependencies.clock.now();
  const { state } = request;
  const isJustPressed = state === 'awaiting-approval' && !isWaitingForApproval(request);
  // An attempt that was committed keeps its whole time.
  if (!isLeasedBy(request, dependencies.instance, now) || isJustPressed || state === 'resetting') return undefined;
  if (!hasEnoughLease(dependencies, request)) return Promise.resolve({ kind: 'rest' });
  const heldBy = state === 'delivering' ? messagesWithPassword(dependencies, request) : request.heldBy;
  const facts = { from: dependencies.instance, times: request.takeOvers };
  return commitStep(
    dependencies,
    request,
    makeStep(request, { heldBy }, { at: now, kind: 'taken-over', actor: 'locksmith', facts }),
  );
}

/**
 * Takes the lease of a due request whose owner is gone. A PATCH that was on its way then counts as unclear, and the same
 * password is sent again. A request that was reclaimed too often in a row without progress is given up.
 */
export function reclaimLease(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const takeOvers = request.takeOvers + 1;
  const entry = {
    at: now,
    kind: 'taken-over',
    actor: 'locksmith',
    facts: { from: request.lease?.owner ?? null, times: takeOvers },
  } as const;
  // An operation whose address is known is polled on; nothing about it is unclear.
  if (request.state === 'resetting' && request.writeBack?.location === undefined) {
    const settled = judgeAttempt(request, 'no-answer-kept', now);
    if (settled.kind !== 'again') {
      return requireAttention(
        dependencies,
        { ...request, tries: settled.tries },
        { kind: 'unclear', trouble: undefined },
      );
    }
    const change = { state: 'sealed', takeOvers, tries: settled.tries, ...renewLease(dependencies) } as const;
    const facts = { ...entry.facts, ...settled.facts };
    return commitStep(dependencies, request, makeStep(request, change, { ...entry, facts }));
  }
  const taken = { ...request, ...noteOvertaken(dependencies, request) };
  if (takeOvers > workflowTunables.maxReclaims) {
    const given = giveUpWithoutProgress(dependencies, taken);
    if (given !== undefined) return given;
  }
  return commitStep(dependencies, request, makeStep(taken, { takeOvers, ...renewLease(dependencies) }, entry));
}

/**
 * Undefined where the request continues all the same: a password that is set is delivered until its time is over.
 */
function giveUpWithoutProgress(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> | undefined {
  switch (states[request.state].withoutProgress) {
    case 'refuse':
      return wasNothingSent(request)
        ? refuseWithoutProgress(dependencies, request)
        : requireAttention(dependencies, request, { kind: 'unclear', trouble: undefined });
    case 'give-up-delivery': {
      const { deliverBy } = request;
      const isOver = deliverBy !== undefined && dependencies.clock.now() >= deliverBy;
      return isOver ? giveUpDelivery(dependencies, request, { why: 'no-progress', by: undefined }) : undefined;
    }
    case 'continue':
      return undefined;
  }
}

async function refuseWithoutProgress(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const moved = await refuse(dependencies, request, { kind: 'no-progress' });
  if (moved.kind === 'moved')
    dependencies.raiseAlarm({ kind: 'given-up', ...identifyRequest(request), why: 'no-progress' });
  return moved;
}

/**
 * Whether a request came back with a restored backup, and its password was not surely set when the backup was made. Rule: it
 * is not reset any more. The original process continued after the backup, and may have set and delivered a password. Since then
 * the user may have chosen their own.
 */
export function isFromBackup(request: ResetRequest, restoredFrom: number | undefined): boolean {
  if (restoredFrom === undefined || request.proposedAt > restoredFrom) return false;
  // An unconfirmed request is not worked on: it expires, or is refused when it is pressed.
  if (isWaitingForConfirmation(request)) return false;
  const { password } = states[request.state];
  return password === 'none' || password === 'sealed';
}

/**
 * Ends a request from a backup without another PATCH. A sealed password may be in force, so it is delivered, marked as
 * uncertain.
 */
export function settleRestored(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  if (request.sealedPassword === undefined) return refuse(dependencies, request, { kind: 'restored' });
  const { tries } =
    request.state === 'resetting' ? judgeAttempt(request, 'no-answer-kept', dependencies.clock.now()) : request;
  return requireAttention(dependencies, { ...request, tries }, { kind: 'unclear', trouble: undefined });
}
