import type { ResetRequestId } from '../ids.ts';
import type { CarryOut } from './carry-out.ts';
import { checkProof, type ProofLack } from './check-proof.ts';
import { expire } from './expire.ts';
import { makeStep } from './make-step.ts';
import { policyForCustomer } from './policy-for-customer.ts';
import { readPressed } from './read-pressed.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';

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
 * by whoever carries the request out, so that twenty presses at once ask Partner Center once.
 */
export function createConfirm(tools: Tools, carryOut: CarryOut) {
  const { store, clock } = tools;
  return confirm;

  /** A press that loses a swap looks again: what won may have been something smaller than another press. */
  async function confirm(
    id: ResetRequestId,
    technician: Technician,
    said: { readonly verification: string; readonly ticket: string },
  ): Promise<Confirmation> {
    const pressed = await readPressed(tools, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (request.state !== 'proposed' || request.confirmedAt !== undefined) return { kind: 'as-it-stands', request };
    const now = clock.now();
    if (now >= request.confirmBy) return { kind: 'as-it-stands', request: await expire(tools, request) };
    const checked = checkProof(said, policyForCustomer(tools.policy(), request.target.customer.id));
    if (checked.kind === 'lacking') return { kind: 'proof-lacking', lack: checked.lack };
    const lease = { owner: tools.instance, until: now + tools.lengths.lease };
    const { proof } = checked;
    const claimed = await store.swap(
      request,
      makeStep(
        request,
        { confirmedAt: now, proof, lease, dueAt: lease.until },
        {
          at: now,
          kind: 'confirmed',
          actor: technician.objectId,
          facts: { verification: proof.verification ?? null, ticket: proof.ticket ?? null },
        },
      ),
    );
    if (claimed.kind !== 'swapped') return confirm(id, technician, said);
    return { kind: 'begun', request: claimed.request, done: carryOut(claimed.request) };
  }
}
