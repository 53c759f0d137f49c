import { asId, type CorrelationId } from '../../ids.ts';
import type { CustomerFinding } from '../ports/find-customer.ts';
import type { Freeze } from './freeze.ts';
import { frozenRefusal } from './frozen-refusal.ts';
import { isOnItsWay } from './is-on-its-way.ts';
import { isPermitted, type NotPermitted } from '../policy/is-permitted.ts';
import { policyHash } from '../policy/policy-hash.ts';
import { recordRefusedQuestion } from '../questions/record-refused-question.ts';
import { refusalStep } from '../refusal-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Customer } from '../people/target.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** What `freeze`, typed, did. */
export type Freezing =
  /**
   * `already`: it was frozen before, by whom the freeze says. `ended`: how many requests were refused because of it;
   * `waiting`: how many will be, when their turn comes; `underWay`: how many are being set and go on to their end.
   */
  | {
      readonly kind: 'frozen' | 'already';
      readonly freeze: Freeze;
      readonly ended: number;
      readonly waiting: number;
      readonly underWay: number;
    }
  /** Nothing is frozen: it is not clear which customer is meant. */
  | {
      readonly kind: 'unclear';
      readonly typed: string;
      readonly finding: Exclude<CustomerFinding, { kind: 'customer' }>;
      readonly correlationId: CorrelationId;
    }
  | { readonly kind: NotPermitted };

/**
 * Stops every reset of a customer, or of all where none is named, at once. What is not sealed yet is refused in the same
 * transaction; what is sealed goes on to its end. `carryOn` answers the cards of what was ended.
 */
export function createFreeze(
  tools: Tools,
  carryOn: (request: ResetRequest) => void,
): (technician: Technician, typed: string | undefined) => Promise<Freezing> {
  return async (technician, typed) => {
    const { technicians, customers } = tools.policy();
    const anywhere = [...technicians, ...Object.values(customers).flatMap((part) => part.technicians ?? [])];
    const permission = await isPermitted(tools.groups, technician.objectId, anywhere);
    if (permission !== 'yes') {
      await recordRefusedQuestion(tools, technician, permission);
      return { kind: permission };
    }
    if (typed === undefined) return freeze(technician, undefined);
    const correlationId = asId<CorrelationId>(tools.random.guid());
    const finding = await tools.findCustomer(typed, correlationId);
    return finding.kind === 'customer'
      ? freeze(technician, finding.customer)
      : { kind: 'unclear', typed, finding, correlationId };
  };

  async function freeze(by: Technician, customer: Customer | undefined): Promise<Freezing> {
    const at = tools.clock.now();
    const policy = policyHash(tools.policy());
    const facts = { customer: customer?.id ?? null, domain: customer?.domain ?? null, policy };
    const { kind, inForce, ended, sealed } = await tools.freezes.add(
      { customer, by, at },
      { at, kind: 'frozen', actor: by.objectId, person: by, facts },
      (request, standing) => refusalStep(request, frozenRefusal(standing), { at, policy, person: by }),
    );
    if (kind === 'frozen') tools.raiseAlarm({ kind: 'frozen', technician: by.objectId, customer: customer?.id });
    for (const request of ended) carryOn(request);
    const underWay = sealed.filter(isOnItsWay).length;
    return { kind, freeze: inForce, ended: ended.length, waiting: sealed.length - underWay, underWay };
  }
}
