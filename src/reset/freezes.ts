import { asId, type CorrelationId, type CustomerId } from '../base/index.ts';
import type { Dependencies } from './dependencies.ts';
import type { Technician } from './identity.ts';
import { hashPolicy } from './policy/policy.ts';
import { bypassGroupCache } from './policy/groups.ts';
import { findRight, findRights, isPermitted, listTechnicians, recordNotPermitted } from './policy/rights.ts';
import type { CustomerFinding } from './ports/partner-center.ts';
import type { Freeze } from './ports/stores.ts';
import type { NotPermitted, Refusal } from './refusal.ts';
import { type ResetRequest, wasNothingSent } from './request.ts';
import { states } from './states.ts';
import { makeRefusalStep } from './step.ts';
import type { Customer } from './target.ts';

/** The freeze that keeps this customer's passwords from being reset now: its own, or the one of everything. */
export async function findFreeze(
  { freezes }: Pick<Dependencies, 'freezes'>,
  customer: CustomerId,
): Promise<Freeze | undefined> {
  const inForce = await freezes.inForce();
  return inForce.find(
    (freeze) => freeze.customer === undefined || freeze.customer.id.toLowerCase() === customer.toLowerCase(),
  );
}

/** Says of a freeze that it is why nothing is reset. */
export function refusalOfFreeze({ customer, by, at }: Freeze): Extract<Refusal, { kind: 'frozen' }> {
  return { kind: 'frozen', by: by.name, at, everything: customer === undefined };
}

/**
 * Whether a freeze lets a sealed password go on to its end: it is being set right now, or may be in force already. What was
 * put off before anything was sent has waited long enough for a brake to be pulled.
 */
export function mayFinishDespiteFreeze(request: ResetRequest): boolean {
  const wasPutOff = request.putOff > 0 || request.tries.length > 0;
  return states[request.state].password === 'sealed' && !(wasPutOff && wasNothingSent(request));
}

/** Every freeze in force, the oldest first. Rule: a freeze names customers, so nobody without a right here hears of one. */
export async function findVisibleFreezes(dependencies: Dependencies, person: Technician): Promise<readonly Freeze[]> {
  const { mayReset, mayApprove, mayAudit } = await findRights(dependencies, person);
  return mayReset || mayApprove || mayAudit ? dependencies.freezes.inForce() : [];
}

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
 * transaction; what is sealed goes on to its end. `run` answers the cards of what was ended.
 */
export function createFreeze(
  dependencies: Dependencies,
  run: (request: ResetRequest) => void,
): (technician: Technician, typed: string | undefined) => Promise<Freezing> {
  return async (technician, typed) => {
    const permission = await isPermitted(
      dependencies.groups,
      technician.objectId,
      listTechnicians(dependencies.policy()),
    );
    if (permission !== 'yes') {
      await recordNotPermitted(dependencies, technician, permission);
      return { kind: permission };
    }
    if (typed === undefined) return freeze(technician, undefined);
    const correlationId = asId<CorrelationId>(dependencies.random.guid());
    const finding = await dependencies.findCustomer(typed, correlationId);
    return finding.kind === 'customer'
      ? freeze(technician, finding.customer)
      : { kind: 'unclear', typed, finding, correlationId };
  };

  async function freeze(by: Technician, customer: Customer | undefined): Promise<Freezing> {
    const at = dependencies.clock.now();
    const policy = hashPolicy(dependencies.policy());
    const facts = { customer: customer?.id ?? null, domain: customer?.domain ?? null, policy };
    const { kind, inForce, ended, sealed } = await dependencies.freezes.add(
      { customer, by, at },
      { at, kind: 'frozen', actor: by.objectId, person: by, facts },
      (request, standing) => makeRefusalStep(request, refusalOfFreeze(standing), { at, policy, person: by }),
    );
    if (kind === 'frozen') dependencies.raiseAlarm({ kind: 'frozen', technician: by.objectId, customer: customer?.id });
    for (const request of ended) run(request);
    const underWay = sealed.filter(mayFinishDespiteFreeze).length;
    return { kind, freeze: inForce, ended: ended.length, waiting: sealed.length - underWay, underWay };
  }
}

/** What `thaw`, typed, did. */
export type Thawing =
  | { readonly kind: 'thawed'; readonly lifted: readonly Freeze[]; readonly left: readonly Freeze[] }
  | { readonly kind: 'nothing-frozen' }
  /** Nothing was lifted: it is not clear which of these is meant. */
  | { readonly kind: 'unclear'; readonly typed: string | undefined; readonly inForce: readonly Freeze[] }
  | { readonly kind: 'not-an-approver' | 'groups-unknown' };

/** What is to be lifted: one customer's freeze by its name, domain or tenant id; every freeze; or the only one. */
type WhatToThaw = { readonly customer: string | undefined; readonly everything: boolean };

/** Lifts a freeze. Rule: only somebody who may approve resets may; a thaw brings nothing back that the freeze has ended. */
export function createThaw(dependencies: Dependencies): (person: Technician, what: WhatToThaw) => Promise<Thawing> {
  return async (person, what) => {
    const found = await findRight(
      bypassGroupCache(dependencies.groups),
      person.objectId,
      dependencies.policy().approvers,
    );
    const policy = hashPolicy(dependencies.policy());
    if (found.kind === 'none') {
      const reason = found.why === 'groups-unknown' ? found.why : 'not-an-approver';
      const at = dependencies.clock.now();
      const facts = { reason, asked: 'thaw', policy };
      await dependencies.store.record(
        { at, kind: 'question-refused', actor: person.objectId, person, facts },
        undefined,
      );
      return { kind: reason };
    }
    const inForce = await dependencies.freezes.inForce();
    if (inForce.length === 0) return { kind: 'nothing-frozen' };
    const meant = findMeantFreezes(inForce, what);
    if (meant.length === 0) return { kind: 'unclear', typed: what.customer, inForce };
    const lifted: Freeze[] = [];
    for (const freeze of meant) {
      const at = dependencies.clock.now();
      const facts = { customer: freeze.customer?.id ?? null, frozenBy: freeze.by.objectId, right: found.right, policy };
      const done = await dependencies.freezes.lift(freeze, {
        at,
        kind: 'thawed',
        actor: person.objectId,
        person,
        facts,
      });
      if (!done) continue;
      lifted.push(freeze);
      dependencies.raiseAlarm({ kind: 'thawed', technician: person.objectId, customer: freeze.customer?.id });
    }
    return { kind: 'thawed', lifted, left: await dependencies.freezes.inForce() };
  };
}

function findMeantFreezes(inForce: readonly Freeze[], { customer, everything }: WhatToThaw): readonly Freeze[] {
  if (customer !== undefined) {
    const wanted = foldCustomerName(customer);
    const named = inForce.filter(({ customer: frozen }) =>
      frozen === undefined
        ? false
        : [frozen.name, frozen.domain, frozen.id].some((text) => foldCustomerName(text) === wanted),
    );
    return named.length === 1 ? named : [];
  }
  return everything || inForce.length === 1 ? inForce : [];
}

function foldCustomerName(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
