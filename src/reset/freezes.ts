import type { CustomerId } from '../base/index.ts';
import type { Dependencies } from './dependencies.ts';
import { isSamePerson, type Technician } from './identity.ts';
import { standInLastKnownGroups } from './policy/groups.ts';
import { findReach, findSight } from './policy/reach.ts';
import { findRights } from './policy/rights.ts';
import type { Reach } from './ports/partner-center.ts';
import type { Freeze } from './ports/stores.ts';
import type { NotPermitted, Refusal } from './refusal.ts';
import type { ResetRequest } from './request.ts';
import { wasNothingSent } from './request-status.ts';
import { states } from './states.ts';

/** Finds the freeze in force that forbids resets for this customer: one of this customer, or one of every customer. */
export async function findFreeze(
  { freezes }: Pick<Dependencies, 'freezes'>,
  customer: CustomerId,
): Promise<Freeze | undefined> {
  const inForce = await freezes.inForce();
  return inForce.find(
    (freeze) => freeze.customer === undefined || freeze.customer.id.toLowerCase() === customer.toLowerCase(),
  );
}

/** The refusal of a request that this freeze forbids. `mayThaw`: whether the requester may lift it, where that was looked up. */
export function refusalOfFreeze(
  { customer, by, at }: Freeze,
  { technician }: Pick<ResetRequest, 'technician'>,
  mayThaw?: boolean,
): Extract<Refusal, { kind: 'frozen' }> {
  return {
    kind: 'frozen',
    by: by.name,
    at,
    everything: customer === undefined,
    ...(isSamePerson(by, technician) && { isOwn: true }),
    ...(mayThaw !== undefined && { mayThaw }),
  };
}

/**
 * Whether a freeze forbids the step from `before` to `after`: it leads on towards a reset of which nothing was sent, or it begins
 * what follows a reset. The store asks this in the transaction of the step, so no freeze comes into force in between.
 */
export function freezeForbids(before: ResetRequest, after: ResetRequest): boolean {
  const leadsOn = after.state !== before.state && states[after.state].isGuardedByFreeze;
  const isUnsent =
    before.state === 'sealed' ? !mayFinishDespiteFreeze(before) : states[before.state].password === 'none';
  return (leadsOn && isUnsent) || beginsFollowUp(before, after);
}

/**
 * Whether a request with a sealed password continues to its end in spite of a freeze. It does once an attempt was written down:
 * the password is being set at this moment, or may be in force already. Before that, and where every attempt certainly did not
 * arrive, stopping it leaves no doubt about the password.
 */
export function mayFinishDespiteFreeze(request: ResetRequest): boolean {
  return states[request.state].password === 'sealed' && !wasNothingSent(request);
}

function beginsFollowUp(before: ResetRequest, { accessPass, signOut }: ResetRequest): boolean {
  const beginsPass = accessPass?.outcome === 'pending' && accessPass !== before.accessPass;
  return beginsPass || (signOut?.outcome === 'pending' && signOut !== before.signOut);
}

/**
 * The freezes in force that concern this person, the oldest first. Rule: a freeze names a customer, so only those who have a
 * right for that customer see it. A freeze of everything is seen by everybody who has any role.
 */
export async function findVisibleFreezes(dependencies: Dependencies, person: Technician): Promise<readonly Freeze[]> {
  const { mayReset, mayApprove, mayAudit } = await findRights(dependencies, person);
  if (!mayReset && !mayApprove && !mayAudit) return [];
  const sight = await findSight(dependencies, person);
  const inForce = await dependencies.freezes.inForce();
  return inForce.filter(({ customer }) => customer === undefined || sight.permits(customer.id));
}

export const everywhere: Reach = { isEverything: true, permits: () => true };

type FreezeRight =
  | { readonly kind: 'right'; readonly isGeneral: boolean; readonly reach: Reach }
  | { readonly kind: 'none'; readonly why: NotPermitted };

/**
 * What this person may freeze. With a role for all customers that is everything; a right for single ones is for these. `reach` is of whom
 * they may hear. A brake has to work while groups cannot be read, so the last known ones count then.
 */
export async function findFreezeRight(
  { groups, policy }: Pick<Dependencies, 'groups' | 'policy'>,
  person: Technician,
): Promise<FreezeRight> {
  const dependencies = { groups: standInLastKnownGroups(groups), policy };
  const { mayApprove, mayAudit } = await findRights(dependencies, person);
  if (mayApprove || mayAudit) return { kind: 'right', isGeneral: true, reach: everywhere };
  const found = await findReach(dependencies, person);
  return found.kind === 'none' ? found : { kind: 'right', isGeneral: found.isGeneral, reach: found.reach };
}
