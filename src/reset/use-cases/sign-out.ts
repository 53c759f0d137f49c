import { type ResetRequestId, startDeadline, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { findFreeze, refusalOfFreeze } from '../freezes.ts';
import type { Technician } from '../identity.ts';
import { hashPolicy, policyForCustomer } from '../policy/policy.ts';
import { findOwnRequest } from '../policy/requester.ts';
import { isPermittedFor } from '../policy/rights.ts';
import type { FollowUps, SignOutOutcome } from '../ports/graph-actions.ts';
import type { NotPermitted, Refusal } from '../refusal.ts';
import type { ResetRequest, SigningOutState } from '../request.ts';
import { makeStep } from '../step.ts';
import type { RunRequest } from '../workflow/commit-step.ts';
import { oweMessage } from '../workflow/direct-message/show-follow-ups.ts';

/** What a press of `Sign out everywhere` did. */
export type SigningOut =
  /** It was pressed, now or before, and this is what came of it. */
  | { readonly kind: 'pressed'; readonly request: ResetRequest; readonly outcome: SigningOutState }
  /** Nothing was sent. `over`: its time is over. `off`: the policy does not allow it. */
  | { readonly kind: 'not-now'; readonly why: 'over' | 'off' | 'no-consent' | NotPermitted }
  | { readonly kind: 'frozen'; readonly request: ResetRequest; readonly refusal: Refusal }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Makes the function for a press of `Sign out everywhere` after a reset. The press is written down before anything is sent, so
 * nothing is done twice, whatever fails. Where certainly nothing was done, another press sends it again. What is unclear is
 * looked up by another press: it is sent again only where Graph shows that nothing was done. The time for it ends when the password is hidden, and after
 * `workflowTunables.signOutWithinMilliseconds`. What came of it stands on the direct message.
 */
export function createSignOutUseCase(dependencies: Dependencies, run: RunRequest) {
  const { store, clock, followUps } = dependencies;
  return signOut;

  /** A press that loses the swap reads the row again: another press, or the hiding, may have won. */
  async function signOut(id: ResetRequestId, technician: Technician): Promise<SigningOut> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    const now = clock.now();
    const standing = findStanding(request, now);
    if (standing !== undefined) return { kind: 'pressed', request, outcome: standing };
    if (request.signOut !== undefined && isUnclear(request.signOut)) {
      const found = await lookUp(request, request.signOut);
      if (found !== 'not-done') return found;
    }
    if (!mayBeSignedOut(request, now)) return { kind: 'not-now', why: 'over' };
    const stopped = await findObstacle(technician, request);
    if (stopped !== undefined) {
      const reason = stopped.kind === 'frozen' ? stopped.kind : `sign-out-${stopped.why}`;
      const facts = { reason, policy: hashPolicy(dependencies.policy()) };
      await store.record({ at: now, kind: 'click-refused', actor: technician.objectId, facts }, id);
      return stopped;
    }
    const validFrom = await ask(request, (operation, signal) => followUps?.sessionsValidFrom(operation, signal));
    const begun = { at: now, begunAt: now, validFrom, outcome: 'pending', code: undefined } as const;
    const entry = {
      at: now,
      kind: 'sign-out-begun',
      actor: technician.objectId,
      facts: { policy: hashPolicy(dependencies.policy()) },
    } as const;
    const claimed = await store.swap(request, makeStep(request, { signOut: begun }, entry));
    if (claimed.kind !== 'swapped') return signOut(id, technician);
    const outcome = await ask(claimed.request, (operation, signal) => followUps?.signOut(operation, signal));
    return settle(claimed.request, begun, outcome ?? { kind: 'not-asked' });
  }

  /** What an earlier press brought, where this one changes nothing. A press that comes at once is the same press, repeated. */
  function findStanding({ signOut: before }: ResetRequest, now: number): SigningOutState | undefined {
    if (before === undefined) return undefined;
    const age = now - before.at;
    if (before.outcome === 'done') return before;
    const isStanding =
      before.outcome === 'pending'
        ? age < dependencies.durations.lease
        : age < workflowTunables.followUpAgainAfterMilliseconds;
    return isStanding ? before : undefined;
  }

  /**
   * It may be done. Graph tells since when sessions are valid, and that moves with every sign-out and with the reset itself. So it
   * is compared with what Graph said before this one was sent, and not with a clock.
   */
  async function lookUp(request: ResetRequest, before: SigningOutState): Promise<SigningOut | 'not-done'> {
    const { validFrom } = before;
    const validNow =
      validFrom === undefined
        ? undefined
        : await ask(request, (operation, signal) => followUps?.sessionsValidFrom(operation, signal));
    if (validFrom !== undefined && validNow !== undefined) {
      if (validNow > validFrom) return settle(request, before, { kind: 'done' });
      // Graph writes whole seconds: a sign-out within the second of the reset would not be seen.
      const isSeen = validFrom < before.begunAt - workflowTunables.sessionInstantPrecisionMilliseconds;
      if (isSeen && before.outcome === 'unknown') return 'not-done';
    }
    if (before.outcome === 'unknown') return { kind: 'pressed', request, outcome: before };
    return settle(request, before, { kind: 'unknown', trouble: { code: 'no-answer', httpStatus: undefined } });
  }

  async function ask<Answer>(
    { target: { customer, user }, correlationId }: ResetRequest,
    call: (operation: Parameters<FollowUps['signOut']>[0], signal: AbortSignal) => Promise<Answer> | undefined,
  ): Promise<Answer | undefined> {
    const deadline = startDeadline(clock, dependencies.durations.resetTry);
    try {
      return await call({ customer: customer.id, user: user.id, correlationId }, deadline.signal);
    } finally {
      deadline.cancel();
    }
  }

  async function findObstacle(
    technician: Technician,
    request: ResetRequest,
  ): Promise<Extract<SigningOut, { kind: 'not-now' | 'frozen' }> | undefined> {
    const { customer } = request.target;
    const freeze = await findFreeze(dependencies, customer.id);
    if (freeze !== undefined) return { kind: 'frozen', request, refusal: refusalOfFreeze(freeze, request) };
    const policy = policyForCustomer(dependencies.policy(), customer.id);
    if (policy.followUps.signOut === 'off') return { kind: 'not-now', why: 'off' };
    if (followUps === undefined) return { kind: 'not-now', why: 'no-consent' };
    const permission = await isPermittedFor(dependencies, technician, customer.id);
    return permission === 'yes' ? undefined : { kind: 'not-now', why: permission };
  }

  /** The hiding may have changed the row while Graph answered. What came of it is written down all the same. */
  async function settle(request: ResetRequest, before: SigningOutState, outcome: SignOutOutcome): Promise<SigningOut> {
    const code = 'trouble' in outcome ? outcome.trouble.code : undefined;
    const at = clock.now();
    const { begunAt, validFrom } = before;
    const signOut = { at, begunAt, validFrom, outcome: outcome.kind, code } as const;
    const facts = { outcome: outcome.kind, trouble: code ?? null };
    const entry = { at, kind: 'sign-out-ended', actor: 'locksmith', facts } as const;
    const swapped = await store.swap(request, makeStep(request, { signOut, ...oweMessage(request, at) }, entry));
    if (swapped.kind === 'swapped') {
      // A failure is logged by the run, and the message is put with the next poll. What was pressed is done all the same.
      if (swapped.request.messageOwed !== undefined) await run(swapped.request).catch(() => undefined);
      return { kind: 'pressed', request: swapped.request, outcome: signOut };
    }
    const now = await store.find(request.id);
    if (now === undefined) return { kind: 'unknown' };
    // Somebody else has settled it, as a press does that comes after the time for an answer.
    if (now.signOut?.outcome !== before.outcome || now.signOut.at !== before.at)
      return { kind: 'pressed', request: now, outcome: now.signOut ?? signOut };
    return settle(now, before, outcome);
  }
}

function isUnclear({ outcome }: SigningOutState): boolean {
  return outcome === 'unknown' || outcome === 'pending';
}

/**
 * Whether `Sign out everywhere` has something to do: the password is shown or can be, the delivery is not long ago, and it is not
 * known to be done.
 */
export function mayBeSignedOut({ state, deliveredAt, hideAt, signOut }: ResetRequest, now: number): boolean {
  if (state !== 'delivered' || deliveredAt === undefined || signOut?.outcome === 'done') return false;
  return now < deliveredAt + workflowTunables.signOutWithinMilliseconds && (hideAt === undefined || now < hideAt);
}
