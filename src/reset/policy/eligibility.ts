import type { Dependencies } from '../dependencies.ts';
import { isOwnAccount, type Technician } from '../identity.ts';
import type { Directory } from '../ports/partner-center.ts';
import type { PrivateFacts } from '../private-facts.ts';
import type { Refusal } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { administratorRolesOf, type CustomerUser, type Target } from '../target.ts';
import { findTicketRefusal, type lookUpTicketAtPress } from '../tickets/ticket-check.ts';
import type { TicketFacts } from '../ports/tickets.ts';
import { needsApproval } from './approval-needed.ts';
import { findApprover } from './approvers.ts';
import { type Policy, policyForCustomer } from './policy.ts';
import { bypassGroupCache } from './groups.ts';
import { isPermitted } from './rights.ts';
import { findUnshownRole, findVanished, hasUnshownWarning } from './shown-facts.ts';

/**
 * The first fact about this target that forbids a reset by this person, or undefined: their own account, a guest, a deleted
 * or federated user, one under restricted management, and by policy a synchronised user or an administrator. An unknown fact
 * counts as one that forbids. Facts that the approval of a second person outweighs are not among them: `needsApproval` finds these.
 */
export function findRejectionReason({ user }: Target, technician: Technician, policy: Policy): Refusal | undefined {
  if (isOwnAccount(user, technician)) return { kind: 'own-account' };
  if (isGuest(user.userPrincipalName) || user.graph?.isGuest) return { kind: 'guest' };
  if (user.state === 'deleted') return deletedAt(user);
  if (user.domainType === 'federated') return { kind: 'federated' };
  if (user.graph?.isRestricted) return { kind: 'management-restricted' };
  if (user.synchronised && policy.synchronisedUsers !== 'warn' && !mayWriteBack(policy, user))
    return { kind: 'synchronised' };
  if (user.graph?.lost !== undefined) return { kind: 'protection-unknown', ...user.graph.lost };
  if (policy.privilegedTargets === 'approve') return undefined;
  const roles = administratorRolesOf(user);
  if (roles === 'unknown') return rolesUnknown(user);
  return roles.length === 0 ? undefined : { kind: 'administrator', roles: roles.map(({ name }) => name) };
}

/** Says when where that is known; otherwise the refusal has nothing but its kind. */
function deletedAt({ deletedAt: at }: Pick<CustomerUser, 'deletedAt'>): Refusal {
  return { kind: 'deleted', ...(at !== undefined && { at }) };
}

/** Says why the roles could not be read where that is known; otherwise the refusal has nothing but its kind. */
function rolesUnknown({ rolesTrouble: trouble }: CustomerUser): Refusal {
  return { kind: 'roles-unknown', ...(trouble && { trouble }) };
}

/** Whether a synchronised user's password is written back by Graph: the policy says so, and Graph is asked at the customer. */
export function mayWriteBack(policy: Pick<Policy, 'synchronisedUsers'>, user: CustomerUser): boolean {
  return user.synchronised && policy.synchronisedUsers === 'writeback' && user.graph?.canWriteBack === true;
}

/** A guest has the password in another tenant, which this customer cannot reset. `#EXT#` in the UPN marks a guest. */
function isGuest(userPrincipalName: string): boolean {
  return userPrincipalName.toLowerCase().includes('#ext#');
}

type PreconditionDependencies = Pick<Dependencies, 'policy' | 'groups'> & {
  readonly directory: Pick<Directory, 'lookUp'>;
};

/** Either the present user and whether a second person has to approve, or the reason to stop. With what is known of the ticket. */
type Preconditions = { readonly ticketFacts: TicketFacts | undefined } & (
  | {
      readonly kind: 'unchanged';
      readonly user: CustomerUser;
      readonly told: PrivateFacts | undefined;
      readonly needsApproval: boolean;
      /** Something holds that would make a careful person stop, and the card did not show it. */
      readonly isDoubted: boolean;
    }
  | { readonly kind: 'stopped'; readonly refusal: Refusal }
);

/**
 * Looks up again what was true when the confirmation card was made: the requester's right, and the user's name, state and
 * roles. Rule: a user whose name differs from the card is refused, because the technician has confirmed the name on it. `ticket` is
 * a look-up that runs meanwhile; without one the ticket counts as the card has shown it.
 */
export async function checkPreconditions(
  dependencies: PreconditionDependencies,
  request: ResetRequest,
  ticket?: ReturnType<typeof lookUpTicketAtPress>,
): Promise<Preconditions> {
  const { technician, target, correlationId } = request;
  let { ticketFacts } = request;
  const stopped = (refusal: Refusal): Preconditions => ({ kind: 'stopped', refusal, ticketFacts });
  const policy = policyForCustomer(dependencies.policy(), target.customer.id);
  const permission = await isPermitted(dependencies.groups, technician, policy.technicians);
  if (permission !== 'yes') return stopped({ kind: permission });
  const fresh = await dependencies.directory.lookUp(target.customer, target.user.id, correlationId);
  if (fresh.kind === 'trouble') return stopped({ kind: 'partner-center', trouble: fresh.trouble });
  if (fresh.kind === 'gone') return stopped(fresh.deleted ? deletedAt(fresh.deleted) : { kind: 'target-changed' });
  const { user } = fresh;
  // A deletion may change the address too, and says more than that.
  if (user.state === 'deleted') return stopped(deletedAt(user));
  if (user.userPrincipalName !== target.user.userPrincipalName || user.displayName !== target.user.displayName) {
    return stopped({ kind: 'target-changed' });
  }
  if (ticket !== undefined) ticketFacts = (await ticket)({ customer: target.customer, user });
  // The policy may have changed while Partner Center answered. The present one decides.
  const now = policyForCustomer(dependencies.policy(), target.customer.id);
  const refusal =
    findRejectionReason({ customer: target.customer, user }, technician, now) ??
    findVanished(target.user, fresh) ??
    findTicketRefusal(now, ticketFacts);
  if (refusal) return stopped(refusal);
  return {
    kind: 'unchanged',
    user,
    told: fresh.told,
    ticketFacts,
    needsApproval: needsApproval(now, user, ticketFacts),
    isDoubted: hasUnshownWarning(request, fresh),
  };
}

/**
 * Checks the preconditions again, and the approval with them: when it was given, and before a password is sent.
 *
 * Rule: the approval must exist if the policy demands one now, and the approver must still have the right to approve. The
 * user must have no new role of an administrator and no new warning, because neither the approver nor the requester has seen it.
 */
export async function recheckPreconditions(
  given: PreconditionDependencies,
  request: ResetRequest,
): Promise<Preconditions> {
  const decision = request.approval?.decision;
  // The approver may have left the group that gives the right, so the cache of groups does not count.
  const dependencies = decision === undefined ? given : { ...given, groups: bypassGroupCache(given.groups) };
  const looked = await checkPreconditions(dependencies, request);
  if (looked.kind === 'stopped') return looked;
  const { ticketFacts } = looked;
  const stoppedAgain = (refusal: Refusal): Preconditions => ({ kind: 'stopped', refusal, ticketFacts });
  if (decision === undefined && looked.needsApproval) return stoppedAgain({ kind: 'approval-needed' });
  // The card is no longer asked anything, so what it did not show ends the request.
  if (looked.isDoubted) return stoppedAgain({ kind: 'target-changed' });
  if (decision === undefined) return looked;
  if (decision.kind === 'declined') return stoppedAgain({ kind: 'approval-needed' });
  const approver = await findApprover(dependencies, request, decision.by);
  if (approver.kind === 'none') return stoppedAgain({ kind: 'approver-without-right', by: decision.by.name });
  switch (findUnshownRole(request.target.user, looked.user)) {
    case 'new':
      return stoppedAgain({ kind: 'target-changed' });
    case 'unknown':
      return stoppedAgain(rolesUnknown(looked.user));
    case undefined:
      return looked;
  }
}
