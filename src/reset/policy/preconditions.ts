import { useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Directory, UserLookUp } from '../ports/partner-center.ts';
import type { TicketFacts } from '../ports/tickets.ts';
import type { PrivateFacts } from '../private-facts.ts';
import { type ProtectingFact, protectingFacts, type Refusal } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { wasNothingSent } from '../request-status.ts';
import { administratorRolesOf, type CustomerUser } from '../target.ts';
import { findTicketRefusal, type lookUpTicketAtPress } from '../tickets/ticket-check.ts';
import { needsApproval } from './approval.ts';
import { findApprover } from './approvers.ts';
import { deletedAt, findRejectionReason, rolesUnknown } from './eligibility.ts';
import { bypassGroupCache } from './groups.ts';
import { policyForCustomer } from './policy.ts';
import { isPermitted } from './rights.ts';

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

type Found = Extract<UserLookUp, { kind: 'found' }>;

/**
 * What the card showed by Microsoft Graph's word and what is not told now, because it cannot be read in full, as a refusal. A power or a block must not vanish
 * because Graph is not asked, does not answer or may not be read: the requester has weighed it, or a second person has.
 */
function findVanished(shown: CustomerUser, fresh: Found): Refusal | undefined {
  const notAsked = fresh.told === undefined ? protectingFacts.map((fact) => ({ fact, code: 'not-asked' })) : [];
  const gone = factsGone(shown, fresh.user);
  const vanished = (fresh.unread ?? notAsked).filter(({ fact }) => gone.includes(fact));
  const [first] = vanished;
  if (first === undefined) return undefined;
  const { fact: _, ...trouble } = first;
  return { kind: 'protection-unknown', facts: vanished.map(({ fact }) => fact), ...trouble };
}

/** The facts of Graph that gave the card something to weigh which is not told now. What is told in a part is still there. */
function factsGone({ roles, graph }: CustomerUser, now: CustomerUser): readonly ProtectingFact[] {
  const marks = (['isBlocked', 'isGuest', 'isRestricted', 'canWriteBack'] as const).filter(
    (mark) => graph?.[mark] === true && now.graph?.[mark] !== true,
  );
  const there = new Set(now.roles === 'unknown' ? [] : now.roles.map(({ id }) => id.toLowerCase()));
  const ways = roles === 'unknown' ? [] : roles.filter(({ id }) => !there.has(id.toLowerCase())).map(({ by }) => by);
  return [
    ...(marks.length > 0 ? (['account'] as const) : []),
    ...(ways.some((by) => by === 'group' || by === 'role-assignable-group') ? (['roles'] as const) : []),
    ...(ways.includes('eligible') ? (['eligible-roles'] as const) : []),
  ];
}

/**
 * Whether something holds now that would make a careful person stop, and that the card did not show. A new role is none of it:
 * that wants a second person. A password that was changed after the card was made counts until something of this request is sent.
 */
function hasUnshownWarning(request: ResetRequest, { user: now, told }: Found): boolean {
  const { user: shown } = request.target;
  return (
    (now.synchronised && !shown.synchronised) ||
    (now.graph?.isBlocked === true && shown.graph?.isBlocked !== true) ||
    (now.state === 'unknown' && shown.state !== 'unknown') ||
    (now.domainType === 'unknown' && shown.domainType !== 'unknown') ||
    (wasNothingSent(request) && wasPasswordChanged(request, told?.lastPasswordChange))
  );
}

/**
 * Whether the password was changed after the card was made. Graph cuts an instant off to its second. A reset by Locksmith that
 * the card names may have been in that second.
 */
function wasPasswordChanged(
  { doubtedAt, proposedAt, resetBefore }: ResetRequest,
  changedAt: number | undefined,
): boolean {
  const shownAt = doubtedAt ?? proposedAt;
  if (changedAt === undefined || changedAt + 1000 <= shownAt) return false;
  const isNamed =
    resetBefore !== undefined && Math.abs(resetBefore.at - changedAt) <= useCaseTunables.samePasswordChangeMilliseconds;
  return changedAt > shownAt || !(isNamed || doubtedAt !== undefined);
}

/** A role of an administrator that the card did not show, or roles that cannot be read any more. */
function findUnshownRole(shown: CustomerUser, now: CustomerUser): 'new' | 'unknown' | undefined {
  const before = administratorRolesOf(shown);
  const after = administratorRolesOf(now);
  if (after === 'unknown') return before === 'unknown' ? undefined : 'unknown';
  const isNew = (id: string): boolean => before === 'unknown' || before.every((role) => role.id !== id);
  return after.some(({ id }) => isNew(id)) ? 'new' : undefined;
}
