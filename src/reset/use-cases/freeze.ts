import {
  asId,
  callWithTimeout,
  type CorrelationId,
  type CustomerId,
  parseGuid,
  useCaseTunables,
} from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { everywhere, findFreezeRight, mayFinishDespiteFreeze, refusalOfFreeze } from '../freezes.ts';
import { isSamePerson, type Technician } from '../identity.ts';
import { standInLastKnownGroups } from '../policy/groups.ts';
import { hashPolicy } from '../policy/policy.ts';
import { findSight, searchWithin } from '../policy/reach.ts';
import { findRights, recordNotPermitted } from '../policy/rights.ts';
import type { CustomerFinding, Reach } from '../ports/partner-center.ts';
import type { Freeze } from '../ports/stores.ts';
import type { NotPermitted, PartnerTrouble } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { makeRefusalStep } from '../step.ts';
import type { Customer } from '../target.ts';

/** What `freeze`, typed, did. */
export type Freezing =
  /**
   * `already`: the same freeze was in force before, and `freeze` is that one. `ended`: how many requests it has refused.
   * `waiting`: how many it will refuse at their next step. `underWay`: how many are being set and continue to their end.
   * `own`: those of them that the person who froze has asked for, who may read their names. `isOwn`: they put it in force themselves,
   * now or before. `mayThaw`: whether they may lift it.
   * `asTyped`: how the customer was named by somebody who has no right for it, and so hears nothing else of it.
   */
  | {
      readonly kind: 'frozen' | 'already';
      readonly freeze: Freeze;
      readonly ended: number;
      readonly waiting: number;
      readonly underWay: number;
      readonly own: readonly OwnAffected[];
      readonly isOwn: boolean;
      readonly mayThaw: boolean;
      readonly asTyped?: string | undefined;
    }
  /** No customer was frozen, because it is not clear which one is meant. */
  | {
      readonly kind: 'unclear';
      readonly typed: string;
      readonly finding: Exclude<CustomerFinding, { kind: 'customer' }>;
      readonly correlationId: CorrelationId;
    }
  /** Everything was to be frozen, and this person has a right for single customers. */
  | { readonly kind: 'only-single-customers' }
  | { readonly kind: NotPermitted };

/** A request of the person who froze, and what becomes of it. */
export type OwnAffected = {
  readonly request: Pick<ResetRequest, 'target' | 'askedIn'>;
  readonly what: 'ended' | 'waiting' | 'underWay';
};

type InForce = Extract<Freezing, { kind: 'frozen' | 'already' }>;

/**
 * Makes the function that freezes a customer, or every customer where none is named. A person with any role can freeze; one
 * with a right for single customers freezes these alone. A person of the general list of technicians also freezes a customer that
 * the policy gives to others, if its name, domain or tenant id is exact; anything else of it stays unheard.
 *
 * Requests without a sealed password are refused in the same transaction. For the others `mayFinishDespiteFreeze` decides.
 *
 * @param run Updates the cards of the requests that the freeze has ended.
 */
export function createFreeze(
  dependencies: Dependencies,
  run: (request: ResetRequest) => void,
): (technician: Technician, typed: string | undefined) => Promise<Freezing> {
  const freeze = createPutInForce(dependencies, run);
  return async (technician, typed) => {
    const right = await findFreezeRight(dependencies, technician);
    if (right.kind === 'none') {
      await recordNotPermitted(dependencies, technician, right.why, { asked: 'freeze' });
      return { kind: right.why };
    }
    if (typed === undefined) {
      if (right.isGeneral) return freeze(technician, undefined);
      await recordNotPermitted(dependencies, technician, 'not-a-technician', { asked: 'freeze everything' });
      return { kind: 'only-single-customers' };
    }
    const correlationId = asId<CorrelationId>(dependencies.random.guid());
    const found = await searchInTime(technician, typed, right, correlationId);
    // Of that customer they hear nothing, not even what they once asked for there.
    const unheard = { own: [], asTyped: typed };
    if (found.kind === 'foreign') return { ...(await freeze(technician, found.customer)), ...unheard };
    if (found.kind === 'customer') return freeze(technician, found.customer);
    const id = parseGuid(typed.trim());
    if (found.kind === 'trouble' && id !== undefined) {
      // A freeze is kept under the tenant id, so it needs nothing of Partner Center.
      const customer = { id: asId<CustomerId>(id), name: id, domain: '' };
      if (right.reach.permits(customer.id)) return freeze(technician, customer);
      if (right.isGeneral) return { ...(await freeze(technician, customer)), ...unheard };
    }
    await recordShown(technician, found, correlationId);
    return { kind: 'unclear', typed, finding: found, correlationId };
  };

  /** The customer that was typed. A freeze waits for Partner Center a short time only: it has to act at once. */
  async function searchInTime(
    technician: Technician,
    typed: string,
    right: { readonly isGeneral: boolean; readonly reach: Reach },
    correlationId: CorrelationId,
  ): Promise<CustomerFinding | { readonly kind: 'foreign'; readonly customer: Customer }> {
    const limit =
      parseGuid(typed.trim()) === undefined
        ? useCaseTunables.freezeSearchMilliseconds
        : useCaseTunables.freezeTenantNameMilliseconds;
    const searching = search();
    const outcome = await callWithTimeout(dependencies.clock, limit, () => searching);
    return outcome.kind === 'timeout' ? { kind: 'trouble', trouble: lateTrouble } : searching;

    async function search(): ReturnType<typeof searchInTime> {
      const foreign = right.isGeneral ? await findForeign(typed, right.reach, correlationId) : undefined;
      if (foreign !== undefined) return { kind: 'foreign', customer: foreign };
      return searchWithin(dependencies, technician, right.reach, correlationId, (scope) =>
        dependencies.findCustomer(typed, correlationId, scope),
      );
    }
  }

  /** The one customer of exactly this name, domain or tenant id, where it is out of reach. Of any other search nothing is told. */
  async function findForeign(typed: string, reach: Reach, correlationId: CorrelationId): Promise<Customer | undefined> {
    if (reach.isEverything) return undefined;
    const found = await dependencies.findCustomer(typed, correlationId, { reach: everywhere });
    return found.kind === 'customer' && !reach.permits(found.customer.id) ? found.customer : undefined;
  }

  /** Near misses are names of customers too, so the trail holds who has seen them. */
  async function recordShown(
    person: Technician,
    finding: Exclude<CustomerFinding, { kind: 'customer' }>,
    correlationId: CorrelationId,
  ): Promise<void> {
    if (!('customers' in finding)) return;
    const customers = finding.customers.map(({ id }) => id).join(' ');
    const facts = { asks: 'freeze', choices: finding.customers.length, customers, correlationId };
    const entry = { at: dependencies.clock.now(), kind: 'asked-back', actor: person.objectId, person, facts } as const;
    await dependencies.store.record(entry, undefined);
  }
}

const lateTrouble: PartnerTrouble = {
  code: 'timed-out',
  signInCode: undefined,
  httpStatus: undefined,
  partnerCode: undefined,
  storedWording: undefined,
};

/** Makes the function that puts a freeze in force, raises the alarm and runs what it has ended. The right is checked before. */
export function createPutInForce(dependencies: Dependencies, run: (request: ResetRequest) => void) {
  return freeze;

  async function freeze(by: Technician, customer: Customer | undefined): Promise<InForce> {
    const at = dependencies.clock.now();
    const policy = hashPolicy(dependencies.policy());
    const facts = { customer: customer?.id ?? null, domain: customer?.domain ?? null, policy };
    const { kind, inForce, ended, sealed } = await dependencies.freezes.add(
      { customer, by, at },
      { at, kind: 'frozen', actor: by.objectId, person: by, facts },
      (request, standing) => makeRefusalStep(request, refusalOfFreeze(standing, request), { at, policy, person: by }),
    );
    if (kind === 'frozen') dependencies.raiseAlarm({ kind: 'frozen', technician: by.objectId, customer: customer?.id });
    for (const request of ended) run(request);
    const goesOn = sealed.filter(mayFinishDespiteFreeze);
    const affected = [
      ...ended.map((request) => ({ request, what: 'ended' as const })),
      ...sealed.map((request) => ({
        request,
        what: goesOn.includes(request) ? ('underWay' as const) : ('waiting' as const),
      })),
    ];
    const known = { ...dependencies, groups: standInLastKnownGroups(dependencies.groups) };
    const [{ mayApprove }, sight] = await Promise.all([findRights(known, by), findSight(known, by)]);
    return {
      kind,
      freeze: inForce,
      ended: ended.length,
      waiting: sealed.length - goesOn.length,
      underWay: goesOn.length,
      own: affected.filter(
        ({ request }) => isSamePerson(request.technician, by) && sight.permits(request.target.customer.id),
      ),
      isOwn: isSamePerson(inForce.by, by),
      mayThaw: mayApprove,
    };
  }
}
