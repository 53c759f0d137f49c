import { type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress, Technician } from '../identity.ts';
import { hashPolicy, limitsOf, type Policy, policyForCustomer, type ReachedLimit } from '../policy/policy.ts';
import { findOwnRequest } from '../policy/own-press.ts';
import {
  type CallerVerification,
  cardAddressOf,
  isWaitingForConfirmation,
  mayBeCancelled,
  type ResetRequest,
} from '../request.ts';
import { makeStep } from '../step.ts';
import { expire, refuse, type RunRequest } from '../workflow/commit-step.ts';

/** What a press of `Reset password` did. */
export type Confirmation =
  /** This press began it; `done` settles when nothing more can be done now. */
  | { readonly kind: 'begun'; readonly request: ResetRequest; readonly done: Promise<ResetRequest> }
  /** An earlier press, or the clock, was first: the request as it stands. */
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'proof-lacking'; readonly lack: VerificationLack }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Confirms a proposal. The press is claimed by one compare-and-swap; rights, roles and target are looked up after it,
 * by whoever carries the request out, so that twenty presses at once ask Partner Center once. The limits are checked in the
 * same transaction, so that presses at the same moment cannot pass together; over one of them the request is refused.
 * `pressedMessage` is the message whose button it was: where nobody has written down yet where the card stands, that is it.
 */
export function createConfirm(dependencies: Dependencies, run: RunRequest) {
  const { store, clock, raiseAlarm } = dependencies;
  return confirm;

  /** A press that loses a swap looks again: what won may have been something smaller than another press. */
  async function confirm(
    id: ResetRequestId,
    technician: Technician,
    said: { readonly verification: string; readonly ticket: string },
    pressedMessage?: MessageAddress,
  ): Promise<Confirmation> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (!isWaitingForConfirmation(request)) return { kind: 'as-it-stands', request };
    const now = clock.now();
    if (now >= request.confirmBy) return { kind: 'as-it-stands', request: await expire(dependencies, request) };
    const policy = policyForCustomer(dependencies.policy(), request.target.customer.id);
    const checked = checkVerification(said, policy);
    if (checked.kind === 'lacking') return { kind: 'proof-lacking', lack: checked.lack };
    const lease = { owner: dependencies.instance, until: now + dependencies.durations.lease };
    const { proof } = checked;
    const step = makeStep(
      request,
      { confirmedAt: now, proof, lease, dueAt: lease.until, card: cardAddressOf(request, pressedMessage) },
      {
        at: now,
        kind: 'confirmed',
        actor: technician.objectId,
        facts: {
          verification: proof.verification ?? null,
          ticket: proof.ticket ?? null,
          policy: hashPolicy(dependencies.policy()),
        },
      },
    );
    const claimed = await store.swap(request, { ...step, within: limitsOf(policy) });
    switch (claimed.kind) {
      case 'swapped':
        return { kind: 'begun', request: claimed.request, done: run(claimed.request) };
      case 'over-limit':
        return (await refuseOverLimit({ ...request, proof }, claimed)) ?? confirm(id, technician, said, pressedMessage);
      case 'stale':
      case 'frozen':
      case 'user-busy':
        return confirm(id, technician, said, pressedMessage);
    }
  }

  /** Undefined where somebody else has moved the request meanwhile. */
  async function refuseOverLimit(
    request: ResetRequest,
    { limit: { kind: limit, most }, againAt }: ReachedLimit,
  ): Promise<Confirmation | undefined> {
    const moved = await refuse(dependencies, request, { kind: 'over-limit', limit, most, againAt });
    if (moved.kind !== 'moved') return undefined;
    raiseAlarm({ kind: 'limit-reached', ...identifyRequest(request), limit, most });
    return { kind: 'as-it-stands', request: moved.request };
  }
}

export type VerificationLack = 'verification-missing' | 'verification-unknown' | 'ticket-missing' | 'ticket-too-long';

/** Holds what was said about the caller against what the policy requires. A method that the policy does not name is none. */
export function checkVerification(
  said: { readonly verification: string; readonly ticket: string },
  policy: Pick<Policy, 'verification' | 'ticket'>,
):
  | { readonly kind: 'enough'; readonly proof: CallerVerification }
  | { readonly kind: 'lacking'; readonly lack: VerificationLack } {
  const verification = said.verification.trim();
  const ticket = policy.ticket === 'off' ? '' : said.ticket.trim();
  if (verification === '' && policy.verification.required) return { kind: 'lacking', lack: 'verification-missing' };
  if (verification !== '' && !policy.verification.methods.includes(verification)) {
    return { kind: 'lacking', lack: 'verification-unknown' };
  }
  if (ticket === '' && policy.ticket === 'required') return { kind: 'lacking', lack: 'ticket-missing' };
  if (ticket.length > useCaseTunables.maxTicketLength) return { kind: 'lacking', lack: 'ticket-too-long' };
  return { kind: 'enough', proof: { verification: verification || undefined, ticket: ticket || undefined } };
}

export type Cancellation =
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/** Cancels what nobody has confirmed yet, or nobody has approved, or what waits for a sign-in. Anything else stays as it stands. */
export function createCancel(dependencies: Dependencies) {
  return cancel;

  /** A press that loses a swap looks again: what won may have been something smaller than another press. */
  async function cancel(id: ResetRequestId, technician: Technician): Promise<Cancellation> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (!mayBeCancelled(request)) return { kind: 'as-it-stands', request };
    const now = dependencies.clock.now();
    const expired = await expire(dependencies, request);
    if (expired.version !== request.version) return { kind: 'as-it-stands', request: expired };
    const step = makeStep(
      request,
      {
        state: 'cancelled',
        endedAt: now,
        endedBy: technician.name,
        cardIsOwed: true,
        sealedPassword: undefined,
        putOff: 0,
        lease: undefined,
        dueAt: now,
      },
      { at: now, kind: 'cancelled', actor: technician.objectId },
    );
    const swapped = await dependencies.store.swap(request, step);
    return swapped.kind === 'swapped' ? { kind: 'as-it-stands', request: swapped.request } : cancel(id, technician);
  }
}
