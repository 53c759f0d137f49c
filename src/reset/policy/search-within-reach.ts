import type { CorrelationId, CustomerId } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import type { Reach, SearchScope } from '../ports/partner-center.ts';
import type { NotPermitted } from '../refusal.ts';
import { findReach, recordNotPermitted } from './rights.ts';

/** The person may reset for no customer. Nothing was searched, and the trail says so. */
export type OutOfReach = { readonly kind: 'not-permitted'; readonly why: NotPermitted };

/** How many ids a record of the trail holds. */
const mostRecorded = 20;

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
    const customers = [...foreign].slice(0, mostRecorded).join(' ');
    await recordNotPermitted(dependencies, technician, 'not-a-technician', { customers, correlationId });
  }
  return found;
}
