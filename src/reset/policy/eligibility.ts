import type { Dependencies } from '../dependencies.ts';
import { isOwnAccount, type Technician } from '../identity.ts';
import type { Directory } from '../ports/partner-center.ts';
import type { Refusal } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { administratorRolesOf, type CustomerUser, type Target } from '../target.ts';
import { findApprover } from './approvers.ts';
import { type Policy, policyForCustomer } from './policy.ts';
import { bypassGroupCache } from './groups.ts';
import { isPermitted } from './rights.ts';

/**
 * The first fact about this target that forbids a reset by this person, or undefined. In doubt it stops. What a second
 * person may give leave for does not stop it here.
 */
export function findRejectionReason({ user }: Target, technician: Technician, policy: Policy): Refusal | undefined {
  if (isOwnAccount(user, technician)) return { kind: 'own-account' };
  if (isGuest(user.userPrincipalName)) return { kind: 'guest' };
  if (user.state === 'deleted') return { kind: 'deleted' };
  if (user.domainType === 'federated') return { kind: 'federated' };
  if (user.synchronised && policy.synchronisedUsers === 'deny') return { kind: 'synchronised' };
  if (policy.privilegedTargets === 'approve') return undefined;
  const roles = administratorRolesOf(user);
  if (roles === 'unknown') return { kind: 'roles-unknown' };
  return roles.length === 0 ? undefined : { kind: 'administrator', roles: roles.map(({ name }) => name) };
}

/** Guests sign in at home: their mark in a UPN is `#EXT#`. */
function isGuest(userPrincipalName: string): boolean {
  return userPrincipalName.toLowerCase().includes('#ext#');
}

/**
 * Whether a second person has to approve a reset of this user, by the policy as it holds for the customer. An
 * administrator, or somebody of whom it is not known, needs one whatever `approval` says.
 */
export function needsApproval({ approval }: Pick<Policy, 'approval'>, user: Pick<CustomerUser, 'roles'>): boolean {
  const roles = administratorRolesOf(user);
  return approval === 'always' || roles === 'unknown' || roles.length > 0;
}

/** What the facts are looked up with. */
type PreconditionDependencies = Pick<Dependencies, 'policy' | 'groups'> & {
  readonly directory: Pick<Directory, 'lookUp'>;
};

/** What stands against a request, or the user as they are now and whether a second person has to approve. */
type Preconditions =
  | { readonly kind: 'unchanged'; readonly user: CustomerUser; readonly needsApproval: boolean }
  | { readonly kind: 'stopped'; readonly refusal: Refusal };

/**
 * Looks up again what was true when the card was shown: the requester's right, the person's name, their state and their
 * roles. Another name than the card showed goes back to the technician.
 */
export async function checkPreconditions(
  dependencies: PreconditionDependencies,
  request: ResetRequest,
): Promise<Preconditions> {
  const { technician, target, correlationId } = request;
  const policy = policyForCustomer(dependencies.policy(), target.customer.id);
  const permission = await isPermitted(dependencies.groups, technician.objectId, policy.technicians);
  if (permission !== 'yes') return stopped({ kind: permission });
  const fresh = await dependencies.directory.lookUp(target.customer, target.user.id, correlationId);
  if (fresh.kind === 'trouble') return stopped({ kind: 'partner-center', trouble: fresh.trouble });
  if (fresh.kind === 'gone') return stopped({ kind: 'target-changed' });
  const { user } = fresh;
  if (user.userPrincipalName !== target.user.userPrincipalName || user.displayName !== target.user.displayName) {
    return stopped({ kind: 'target-changed' });
  }
  // The policy may have been changed while Partner Center answered: what holds is the one of now.
  const now = policyForCustomer(dependencies.policy(), target.customer.id);
  const refusal = findRejectionReason({ customer: target.customer, user }, technician, now);
  return refusal ? stopped(refusal) : { kind: 'unchanged', user, needsApproval: needsApproval(now, user) };
}

function stopped(refusal: Refusal): Preconditions {
  return { kind: 'stopped', refusal };
}

/**
 * Rule: what was true when the cards were shown is looked up again before anything is done, the leave of a second person
 * included: that there is one where the policy asks for it now, that whoever gave it still may, and that the person has
 * no role of an administrator, and nothing else to be careful about, that they were not shown.
 */
export async function recheckPreconditions(
  given: PreconditionDependencies,
  request: ResetRequest,
): Promise<Preconditions> {
  const decision = request.approval?.decision;
  // A group that was left after the leave was given is one of the things that are looked up again.
  const dependencies = decision === undefined ? given : { ...given, groups: bypassGroupCache(given.groups) };
  const looked = await checkPreconditions(dependencies, request);
  if (looked.kind === 'stopped') return looked;
  if (decision === undefined) return looked.needsApproval ? stoppedAgain({ kind: 'approval-needed' }) : looked;
  if (decision.kind === 'declined') return stoppedAgain({ kind: 'approval-needed' });
  const approver = await findApprover(dependencies, request, decision.by);
  if (approver.kind === 'none') return stoppedAgain({ kind: 'approver-without-right', by: decision.by.name });
  const refusal = findUnshownChange(request.target.user, looked.user);
  return refusal ? stoppedAgain(refusal) : looked;
}

function findUnshownChange(shown: CustomerUser, now: CustomerUser): Refusal | undefined {
  const isWorse =
    (now.synchronised && !shown.synchronised) ||
    (now.state === 'unknown' && shown.state !== 'unknown') ||
    (now.domainType === 'unknown' && shown.domainType !== 'unknown');
  if (isWorse) return { kind: 'target-changed' };
  const before = administratorRolesOf(shown);
  const after = administratorRolesOf(now);
  if (after === 'unknown') return before === 'unknown' ? undefined : { kind: 'roles-unknown' };
  const isNew = (id: string): boolean => before === 'unknown' || before.every((role) => role.id !== id);
  return after.some(({ id }) => isNew(id)) ? { kind: 'target-changed' } : undefined;
}

function stoppedAgain(refusal: Refusal): Preconditions {
  return { kind: 'stopped', refusal };
}
