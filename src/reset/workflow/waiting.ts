import { type ResetRequestId, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Refusal } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { isWaitingForApproval, isWaitingForConfirmation, waitsForSignIn } from '../request-status.ts';
import { states } from '../states.ts';
import { makeStep } from '../step.ts';
import type { BackgroundTasks } from './background-tasks.ts';
import { commitStep, refuse, type RunRequest, type StepOutcome } from './commit-step.ts';
import { messageDelay } from './retry-delays.ts';
import { updateApprovalCards } from './update-cards.ts';

/** What a confirmed request waits for, and since when, in milliseconds since 1970. */
export type Waiting = {
  /**
   * `no-mfa`: Partner Center refuses the sign-in, because it was made without multifactor authentication. `throttled`: it asks for
   * patience. `outage`: it gives no answer that can be used. `no-answer`: nothing was answered yet, by it or by Teams.
   * `write-back`: Microsoft writes the password to the customer's local directory. `graph-throttled` and `graph-outage`: Microsoft
   * Graph is who does not take it yet.
   */
  readonly kind: 'no-mfa' | 'throttled' | 'outage' | 'no-answer' | 'write-back' | 'graph-throttled' | 'graph-outage';
  readonly since: number;
};

/**
 * Since when a confirmed request waits, in milliseconds since 1970: since it was approved by a second person, or else confirmed.
 * Undefined before that.
 */
export function findWaitingSince({ approval, confirmedAt }: ResetRequest): number | undefined {
  return approval?.decision?.at ?? confirmedAt;
}

/**
 * What a confirmed request has waited for longer than `tellWaitingAfterMilliseconds`, so that its card says more than that it
 * is worked on. Undefined if it waits for a person, is delivered or over, or has not waited that long.
 *
 * @param now Milliseconds since 1970 in UTC.
 */
export function findWaiting(request: ResetRequest, now: number): Waiting | undefined {
  const since = findWaitingSince(request);
  const { phase, password } = states[request.state];
  const isOver = phase === 'over' || phase === 'delivered' || password === 'set';
  const isForPerson = isWaitingForConfirmation(request) || isWaitingForApproval(request) || waitsForSignIn(request);
  if (since === undefined || isOver || isForPerson) return undefined;
  if (now - since < workflowTunables.tellWaitingAfterMilliseconds) return undefined;
  const { acceptedAt } = request.writeBack ?? {};
  if (acceptedAt !== undefined) return { kind: 'write-back', since: acceptedAt };
  const answered = request.tries.filter(({ outcome }) => outcome !== 'pending');
  const [first] = answered;
  const last = answered.at(-1);
  if (first === undefined || last === undefined) return { kind: 'no-answer', since };
  if (last.partnerCode === '900421') return { kind: 'no-mfa', since: first.at };
  const isThrottled = last.httpStatus === 429;
  if (request.writeBack?.isUsed === true)
    return { kind: isThrottled ? 'graph-throttled' : 'graph-outage', since: first.at };
  return { kind: isThrottled ? 'throttled' : 'outage', since: first.at };
}

/** Says on the card of a request what it waits for, if it has waited long. It is tried once: the end updates the card again. */
export async function showWaiting(
  { messages, clock }: Pick<Dependencies, 'messages' | 'clock'>,
  request: ResetRequest,
): Promise<void> {
  if (request.card !== undefined && findWaiting(request, clock.now()) !== undefined)
    await messages.updateRequestCard(request);
}

/** Tells on the card of a request that it has waited for long. */
export type WaitingNotice = {
  /** The same run, beside which the card says what it waits for after `tellWaitingAfterMilliseconds`. */
  watch(run: RunRequest): RunRequest;
  /** Tells nothing any more of the runs that are watched now. */
  stop(): void;
};

/** Creates the notice. It is told once for each run, in the background, and not after `givenUp`. */
export function createWaitingNotice(
  dependencies: Pick<Dependencies, 'store' | 'messages' | 'clock'>,
  background: Pick<BackgroundTasks, 'start'>,
  givenUp: AbortSignal,
): WaitingNotice {
  const pending = new Set<() => void>();
  return {
    watch: (run) => async (request, options) => {
      const cancel = dependencies.clock.after(workflowTunables.tellWaitingAfterMilliseconds, () => {
        pending.delete(cancel);
        if (!givenUp.aborted) background.start(tell(request.id), 'wait-not-told', request);
      });
      pending.add(cancel);
      const current = await run(request, options);
      if (findWaiting(current, Infinity) === undefined && pending.delete(cancel)) cancel();
      return current;
    },
    stop() {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };

  async function tell(id: ResetRequestId): Promise<void> {
    const request = await dependencies.store.find(id);
    if (request !== undefined) await showWaiting(dependencies, request);
  }
}

/**
 * Ends a request for which Locksmith has certainly changed nothing. If the only obstacle is that Locksmith has no sign-in to
 * Partner Center, the request waits instead, as long as a confirmation is valid. Its cards say so.
 */
export async function refuseOrWaitForSignIn(
  dependencies: Dependencies,
  request: ResetRequest,
  refusal: Refusal,
): Promise<StepOutcome> {
  if (!isForWantOfSignIn(refusal)) return refuse(dependencies, request, refusal);
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
export function isForWantOfSignIn(refusal: Refusal): refusal is Extract<Refusal, { readonly kind: 'partner-center' }> {
  if (refusal.kind !== 'partner-center') return false;
  const { code } = refusal.trouble;
  return code === 'sign-in-failed' || code === 'mfa-required';
}
