import { type CustomerId, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { findFreezeRight } from '../freezes.ts';
import type { Conversation, Technician } from '../identity.ts';
import { findOwnRequest } from '../policy/requester.ts';
import { recordNotPermitted } from '../policy/rights.ts';
import type { NotPermitted } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import type { Customer } from '../target.ts';
import { createPutInForce, type Freezing } from './freeze.ts';

/** What a person may be offered to freeze. */
export type FreezeChoices =
  | {
      readonly kind: 'choices';
      /** Whether they may freeze everything. */
      readonly everything: boolean;
      /** The customers that they lately asked about, the latest first. `key`: a request of theirs for that customer. */
      readonly customers: readonly { readonly key: ResetRequestId; readonly customer: Customer }[];
    }
  | { readonly kind: NotPermitted };

const { maxChoices, maxHistorySearched } = useCaseTunables;

/**
 * Makes the function that lists what a person may freeze, for a card that asks. Rule: in a chat that others read it names only
 * customers that were asked about there.
 */
export function createFreezeChoices(
  dependencies: Dependencies,
): (technician: Technician, conversation: Conversation) => Promise<FreezeChoices> {
  return async (technician, { id, kind }) => {
    const right = await findFreezeRight(dependencies, technician);
    if (right.kind === 'none') {
      await recordNotPermitted(dependencies, technician, right.why, { asked: 'freeze' });
      return { kind: right.why };
    }
    const { objectId, tenantId } = technician;
    const asked = await dependencies.store.history({ technician: objectId, tenant: tenantId }, maxHistorySearched);
    const customers = new Map<CustomerId, { readonly key: ResetRequestId; readonly customer: Customer }>();
    for (const request of asked) {
      const { customer } = request.target;
      const isHere = kind === 'personal' || request.askedIn.id === id;
      if (customers.size === maxChoices || !isHere || customers.has(customer.id)) continue;
      if (right.reach.permits(customer.id)) customers.set(customer.id, { key: request.id, customer });
    }
    return { kind: 'choices', everything: right.isGeneral, customers: [...customers.values()] };
  };
}

/**
 * Makes the function that freezes the customer of an earlier request of the person who presses. Rule: the choice is believed in
 * nothing. The request is looked up, is their own, and they have a right for its customer now.
 */
export function createFreezeChosen(
  dependencies: Dependencies,
  run: (request: ResetRequest) => void,
): (technician: Technician, key: ResetRequestId) => Promise<Freezing | { readonly kind: 'unknown' | 'not-yours' }> {
  const freeze = createPutInForce(dependencies, run);
  return async (technician, key) => {
    const pressed = await findOwnRequest(dependencies, key, technician);
    if (pressed.kind !== 'own') return pressed;
    const { customer } = pressed.request.target;
    const right = await findFreezeRight(dependencies, technician);
    const isPermitted = right.kind === 'right' && right.reach.permits(customer.id);
    if (isPermitted) return freeze(technician, customer);
    const why = right.kind === 'none' ? right.why : 'not-a-technician';
    await recordNotPermitted(dependencies, technician, why, { asked: 'freeze', customers: customer.id });
    return { kind: why };
  };
}
