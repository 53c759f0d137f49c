import { type ResetRequestId, startDeadline, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { findFreeze, refusalOfFreeze } from '../freezes.ts';
import type { Technician } from '../identity.ts';
import { hashPolicy, policyForCustomer } from '../policy/policy.ts';
import { findOwnRequest } from '../policy/requester.ts';
import { isPermittedFor } from '../policy/rights.ts';
import type { SignOutOutcome } from '../ports/graph-actions.ts';
import type { NotPermitted, Refusal } from '../refusal.ts';
import type { ResetRequest, SigningOutState } from '../request.ts';
import { makeStep } from '../step.ts';

/** What a press of `Sign out everywhere` did. */
export type SigningOut =
  /** It was pressed, now or before, and this is what came of it. */
  | { readonly kind: 'pressed'; readonly outcome: SigningOutState }
  /** Nothing was sent. `over`: its time is over. `off`: the policy does not allow it. */
  | { readonly kind: 'not-now'; readonly why: 'over' | 'off' | 'no-consent' | NotPermitted }
  | { readonly kind: 'frozen'; readonly refusal: Refusal }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Makes the function for a press of `Sign out everywhere` after a reset. The press is written down before anything is sent,
 * so it is sent once, whatever fails. The time for it ends when the password is hidden, and after
 * `workflowTunables.signOutWithinMilliseconds`. Rule: the direct message is not touched, because it holds the password, and an
 * update could bring it back after it was hidden.
 */
export function createSignOutUseCase(dependencies: Dependencies) {
  const { store, clock, followUps } = dependencies;
  return signOut;

  /** A press that loses the swap reads the row again: another press, or the hiding, may have won. */
  async function signOut(id: ResetRequestId, technician: Technician): Promise<SigningOut> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (request.signOut !== undefined) return { kind: 'pressed', outcome: request.signOut };
    const now = clock.now();
    if (!mayBeSignedOut(request, now)) return { kind: 'not-now', why: 'over' };
    const { customer } = request.target;
    const stopped = await findObstacle(technician, request);
    if (stopped !== undefined) {
      const reason = stopped.kind === 'frozen' ? stopped.kind : `sign-out-${stopped.why}`;
      const facts = { reason, policy: hashPolicy(dependencies.policy()) };
      await store.record({ at: now, kind: 'click-refused', actor: technician.objectId, facts }, id);
      return stopped;
    }
    const begun = { at: now, outcome: 'pending', code: undefined } as const;
    const entry = {
      at: now,
      kind: 'sign-out-begun',
      actor: technician.objectId,
      facts: { policy: hashPolicy(dependencies.policy()) },
    } as const;
    const claimed = await store.swap(request, makeStep(request, { signOut: begun }, entry));
    if (claimed.kind !== 'swapped') return signOut(id, technician);
    const deadline = startDeadline(clock, dependencies.durations.resetTry);
    try {
      const { user } = request.target;
      const operation = { customer: customer.id, user: user.id, correlationId: request.correlationId };
      const outcome = await followUps?.signOut(operation, deadline.signal);
      return await settle(claimed.request, outcome ?? { kind: 'not-asked' });
    } finally {
      deadline.cancel();
    }
  }

  async function findObstacle(
    technician: Technician,
    { target: { customer } }: ResetRequest,
  ): Promise<Extract<SigningOut, { kind: 'not-now' | 'frozen' }> | undefined> {
    const freeze = await findFreeze(dependencies, customer.id);
    if (freeze !== undefined) return { kind: 'frozen', refusal: refusalOfFreeze(freeze) };
    const policy = policyForCustomer(dependencies.policy(), customer.id);
    if (policy.followUps.signOut === 'off') return { kind: 'not-now', why: 'off' };
    if (followUps === undefined) return { kind: 'not-now', why: 'no-consent' };
    const permission = await isPermittedFor(dependencies, technician, customer.id);
    return permission === 'yes' ? undefined : { kind: 'not-now', why: permission };
  }

  /** The hiding may have changed the row while Graph answered. What came of it is written down all the same. */
  async function settle(request: ResetRequest, outcome: SignOutOutcome): Promise<SigningOut> {
    const code = 'trouble' in outcome ? outcome.trouble.code : undefined;
    const signOut = { at: clock.now(), outcome: outcome.kind, code } as const;
    const facts = { outcome: outcome.kind, trouble: code ?? null };
    const entry = { at: signOut.at, kind: 'sign-out-ended', actor: 'locksmith', facts } as const;
    const swapped = await store.swap(request, makeStep(request, { signOut }, entry));
    if (swapped.kind === 'swapped') return { kind: 'pressed', outcome: signOut };
    const now = await store.find(request.id);
    return now === undefined ? { kind: 'unknown' } : settle(now, outcome);
  }
}

/** Whether the user may still be signed out everywhere: the password is shown or can be, and the delivery is not long ago. */
export function mayBeSignedOut({ state, deliveredAt, hideAt, signOut }: ResetRequest, now: number): boolean {
  if (state !== 'delivered' || deliveredAt === undefined || signOut !== undefined) return false;
  return now < deliveredAt + workflowTunables.signOutWithinMilliseconds && (hideAt === undefined || now < hideAt);
}
