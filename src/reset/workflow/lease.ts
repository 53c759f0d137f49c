import type { Dependencies } from '../dependencies.ts';
import { isWaitingForApproval, type ResetRequest } from '../request.ts';
import { type AuditEntry, makeStep } from '../step.ts';
import { commitStep } from './commit-step.ts';
import type { StepOutcome } from './commit-step.ts';
import { messagesWithPassword } from './sealed-password.ts';

/** A lease of this process from now on, and the row due when it ends: part of every step that goes on at once. */
export function renewLease(dependencies: Dependencies): Pick<ResetRequest, 'lease' | 'dueAt'> {
  const until = dependencies.clock.now() + dependencies.durations.lease;
  return { lease: { owner: dependencies.instance, until }, dueAt: until };
}

/**
 * Lets go of a request because this process ends, or lacks a key: whoever looks next goes on at once. A try that is under way keeps its
 * lease until that ends by itself.
 */
export function releaseLease(
  dependencies: Dependencies,
  request: ResetRequest,
  facts: AuditEntry['facts'] = {},
): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const { lease, state } = request;
  const isOurs = lease?.owner === dependencies.instance && lease.until > now;
  if (!isOurs || state === 'resetting') return Promise.resolve({ kind: 'rest' });
  const entry = { at: now, kind: 'handed-over', actor: 'locksmith', facts } as const;
  return commitStep(dependencies, request, makeStep(request, { lease: undefined, dueAt: now }, entry));
}

/** The part of a lease that one call with all its tries may take, which has to be left: two thirds. */
const neededLeaseShare = 2 / 3;

/**
 * Writes down that this process goes on with what it could not finish, under the lease that it still has and no longer;
 * undefined where there is nothing of that kind. Rule: nothing outside is repeated before this is written, so a store that
 * cannot write lets no second message be posted, and a message in which the password may stand already is hidden with the
 * rest; and what is left of the lease has to be long enough, so that no late call meets what another has done since.
 */
export function resumeOwnLease(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> | undefined {
  const now = dependencies.clock.now();
  const { lease, state } = request;
  const isOurs = lease?.owner === dependencies.instance && lease.until > now;
  const isJustPressed = state === 'proposed' || (state === 'awaiting-approval' && !isWaitingForApproval(request));
  // A try that was written down has its whole time, whoever began it.
  if (!isOurs || isJustPressed || state === 'resetting') return undefined;
  if (lease.until - now < neededLeaseShare * dependencies.durations.lease) return Promise.resolve({ kind: 'rest' });
  const heldBy = state === 'delivering' ? messagesWithPassword(dependencies, request) : request.heldBy;
  const facts = { from: dependencies.instance, times: request.takeOvers };
  return commitStep(
    dependencies,
    request,
    makeStep(request, { heldBy }, { at: now, kind: 'taken-over', actor: 'locksmith', facts }),
  );
}
