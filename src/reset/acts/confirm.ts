import type { ResetRequestId } from '../../ids.ts';
import type { CarryOut } from '../carrying/carry-out.ts';
import { aboutRequest } from '../about-request.ts';
import { checkProof, type ProofLack } from '../policy/check-proof.ts';
import { expire } from './expire.ts';
import type { MessageAddress } from '../people/conversation.ts';
import type { ReachedLimit } from '../policy/limit.ts';
import { cardOf } from './card-of.ts';
import { limitsOf } from '../policy/limits-of.ts';
import { makeStep } from '../make-step.ts';
import { policyForCustomer } from '../policy/policy-for-customer.ts';
import { policyHash } from '../policy/policy-hash.ts';
import { readPressed } from './read-pressed.ts';
import type { ResetRequest } from '../reset-request.ts';
import { refuse } from '../carrying/steps/refuse.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** What a press of `Reset password` did. */
export type Confirmation =
  /** This press began it; `done` settles when nothing more can be done now. */
  | { readonly kind: 'begun'; readonly request: ResetRequest; readonly done: Promise<ResetRequest> }
  /** An earlier press, or the clock, was first: the request as it stands. */
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'proof-lacking'; readonly lack: ProofLack }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Confirms a proposal. The press is claimed by one compare-and-swap; rights, roles and target are looked up after it,
 * by whoever carries the request out, so that twenty presses at once ask Partner Center once. The limits are checked in the
 * same transaction, so that presses at the same moment cannot pass together; over one of them the request is refused.
 * `pressedOn` is the message whose button it was: where nobody has written down yet where the card stands, that is it.
 */
export function createConfirm(tools: Tools, carryOut: CarryOut) {
  const { store, clock, raiseAlarm } = tools;
  return confirm;

  /** A press that loses a swap looks again: what won may have been something smaller than another press. */
  async function confirm(
    id: ResetRequestId,
    technician: Technician,
    said: { readonly verification: string; readonly ticket: string },
    pressedOn?: MessageAddress,
  ): Promise<Confirmation> {
    const pressed = await readPressed(tools, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (request.state !== 'proposed' || request.confirmedAt !== undefined) return { kind: 'as-it-stands', request };
    const now = clock.now();
    if (now >= request.confirmBy) return { kind: 'as-it-stands', request: await expire(tools, request) };
    const policy = policyForCustomer(tools.policy(), request.target.customer.id);
    const checked = checkProof(said, policy);
    if (checked.kind === 'lacking') return { kind: 'proof-lacking', lack: checked.lack };
    const lease = { owner: tools.instance, until: now + tools.lengths.lease };
    const { proof } = checked;
    const step = makeStep(
      request,
      { confirmedAt: now, proof, lease, dueAt: lease.until, card: cardOf(request, pressedOn) },
      {
        at: now,
        kind: 'confirmed',
        actor: technician.objectId,
        facts: {
          verification: proof.verification ?? null,
          ticket: proof.ticket ?? null,
          policy: policyHash(tools.policy()),
        },
      },
    );
    const claimed = await store.swap(request, { ...step, within: limitsOf(policy) });
    switch (claimed.kind) {
      case 'swapped':
        return { kind: 'begun', request: claimed.request, done: carryOut(claimed.request) };
      case 'over-limit':
        return (await refuseOverLimit({ ...request, proof }, claimed)) ?? confirm(id, technician, said, pressedOn);
      case 'stale':
      case 'frozen':
      case 'user-busy':
        return confirm(id, technician, said, pressedOn);
    }
  }

  /** Undefined where somebody else has moved the request meanwhile. */
  async function refuseOverLimit(
    request: ResetRequest,
    { limit: { kind: limit, most }, againAt }: ReachedLimit,
  ): Promise<Confirmation | undefined> {
    const moved = await refuse(tools, request, { kind: 'over-limit', limit, most, againAt });
    if (moved.kind !== 'moved') return undefined;
    raiseAlarm({ kind: 'limit-reached', ...aboutRequest(request), limit, most });
    return { kind: 'as-it-stands', request: moved.request };
  }
}
