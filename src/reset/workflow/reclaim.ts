import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import { isWaitingForConfirmation, type ResetRequest, wasNothingSent } from '../request.ts';
import { states } from '../states.ts';
import { makeStep } from '../step.ts';
import { judgeAttempt, requireAttention } from './attempt.ts';
import { commitStep, refuse } from './commit-step.ts';
import { renewLease } from './lease.ts';
import { maxReclaims } from './retry.ts';
import type { StepOutcome } from './commit-step.ts';
import { messagesWithPassword } from './sealed-password.ts';
import { giveUpDelivery } from './undelivered.ts';

/**
 * Takes up work whose owner is gone. A try that was under way then counts as unclear: the same password is sent again. What
 * was taken over again and again and never got further is given up: refused where nothing was sent, else for a person.
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
  if (request.state === 'resetting') {
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
  // Whoever had the lease may have put the password there and not lived to hear of it.
  const isAbandoned = request.state === 'delivering' && request.lease !== undefined;
  const taken = isAbandoned ? { ...request, heldBy: messagesWithPassword(dependencies, request) } : request;
  if (takeOvers > maxReclaims) {
    const given = giveUpWithoutProgress(dependencies, taken);
    if (given !== undefined) return given;
  }
  return commitStep(dependencies, request, makeStep(taken, { takeOvers, ...renewLease(dependencies) }, entry));
}

/** Undefined where there is nothing to do but go on: a password that is set is brought until its time is up. */
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
 * Whether a request came back with a backup before its password was surely set. Rule: it is not reset any more. Whoever
 * was backed up went on after the backup, and may have set this password, or another one, and delivered it; since then the
 * user may have chosen their own.
 */
export function isFromBackup(request: ResetRequest, restoredFrom: number | undefined): boolean {
  if (restoredFrom === undefined || request.proposedAt > restoredFrom) return false;
  // An unconfirmed request is not worked on: it expires, or is refused when it is pressed.
  if (isWaitingForConfirmation(request)) return false;
  const { password } = states[request.state];
  return password === 'none' || password === 'sealed';
}

/** Ends a request that came back with a backup without another PATCH: a sealed password is delivered as one that may be in force. */
export function settleRestored(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  if (request.sealedPassword === undefined) return refuse(dependencies, request, { kind: 'restored' });
  const { tries } =
    request.state === 'resetting' ? judgeAttempt(request, 'no-answer-kept', dependencies.clock.now()) : request;
  return requireAttention(dependencies, { ...request, tries }, { kind: 'unclear', trouble: undefined });
}
