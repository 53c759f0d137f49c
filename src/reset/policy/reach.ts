import { type CorrelationId, type CustomerId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import type { Reach, SearchScope } from '../ports/partner-center.ts';
import type { NotPermitted } from '../refusal.ts';
import { findRights, isPermitted, type Person, recordNotPermitted } from './rights.ts';

/** The customers for which a person may reset by the policy and the groups of one moment, or why there are none. */
type FoundReach =
  | {
      readonly kind: 'reach';
      readonly reach: Reach;
      /** Whether the general list names them: otherwise single customers do. */
      readonly isGeneral: boolean;
    }
  | { readonly kind: 'none'; readonly why: NotPermitted };

const nowhere: Reach = { isEverything: false, permits: () => false };

/**
 * Finds the customers for which this person may reset. Rule: whatever searches, reads or suggests customers gets it first,
 * so that a right for single customers shows nothing of the others. Groups that cannot be read give no right.
 */
export async function findReach(
  { groups, policy }: Pick<Dependencies, 'groups' | 'policy'>,
  person: Person,
): Promise<FoundReach> {
  const { technicians, customers } = policy();
  const exceptions = Object.entries(customers).flatMap(([id, own]) =>
    own.technicians === undefined ? [] : [{ id, technicians: own.technicians }],
  );
  const general = await isPermitted(groups, person, technicians);
  const judged = await Promise.all(exceptions.map((one) => isPermitted(groups, person, one.technicians)));
  const isGeneral = general === 'yes';
  const differs = new Set(exceptions.flatMap(({ id }, at) => ((judged[at] === 'yes') === isGeneral ? [] : [id])));
  const permitsNothing = !isGeneral && differs.size === 0;
  if (permitsNothing) {
    const isUnknown = [general, ...judged].includes('groups-unknown');
    return { kind: 'none', why: isUnknown ? 'groups-unknown' : 'not-a-technician' };
  }
  const permits = (customer: CustomerId): boolean => differs.has(customer.toLowerCase()) !== isGeneral;
  return { kind: 'reach', isGeneral, reach: { isEverything: isGeneral && differs.size === 0, permits } };
}

/** The customers of which this person may see something: an approver or an auditor all, a technician those of their reach. */
export async function findSight(dependencies: Pick<Dependencies, 'groups' | 'policy'>, person: Person): Promise<Reach> {
  const { mayApprove, mayAudit } = await findRights(dependencies, person);
  if (mayApprove || mayAudit) return { isEverything: true, permits: () => true };
  const found = await findReach(dependencies, person);
  return found.kind === 'reach' ? found.reach : nowhere;
}

/** The person may reset for no customer. Nothing was searched, and the trail says so. */
export type OutOfReach = { readonly kind: 'not-permitted'; readonly why: NotPermitted };

/**
 * Searches within the customers for which this person may reset. Without a right for any, nothing is searched. Customers that
 * were named and are out of reach stand in the trail; the person hears of them what they would of customers that do not exist.
 */
export async function searchWithinReach<Found>(
  dependencies: Dependencies,
  technician: Technician,
  correlationId: CorrelationId,
  search: (scope: SearchScope) => Promise<Found>,
): Promise<Found | OutOfReach> {
  const found = await findReach(dependencies, technician);
  if (found.kind === 'reach') return searchWithin(dependencies, technician, found.reach, correlationId, search);
  await recordNotPermitted(dependencies, technician, found.why, { correlationId });
  return { kind: 'not-permitted', why: found.why };
}

/** Does the same within a reach that is known already. */
export async function searchWithin<Found>(
  dependencies: Dependencies,
  technician: Technician,
  reach: Reach,
  correlationId: CorrelationId,
  search: (scope: SearchScope) => Promise<Found>,
): Promise<Found> {
  const foreign = new Set<CustomerId>();
  const found = await search({ reach, onForeign: (customer) => foreign.add(customer) });
  if (foreign.size > 0) {
    const customers = [...foreign].slice(0, useCaseTunables.maxForeignRecorded).join(' ');
    await recordNotPermitted(dependencies, technician, 'not-a-technician', { customers, correlationId });
  }
  return found;
}
