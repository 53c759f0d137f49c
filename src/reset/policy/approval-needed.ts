import { concernsOf, type TicketFacts } from '../ports/tickets.ts';
import { administratorRolesOf, type CustomerUser } from '../target.ts';
import type { Policy } from './policy.ts';

/**
 * Whether a second person has to approve a reset of this user. For an administrator one always has to, even if `approval`
 * is `never`. A user whose roles could not be read counts as an administrator. The same where the ticket does not fit and the
 * policy wants that.
 *
 * @param policy The policy of the user's customer, as `policyForCustomer` returns it.
 */
export function needsApproval(
  policy: Pick<Policy, 'approval' | 'ticketMismatch'>,
  user: Pick<CustomerUser, 'roles'>,
  ticketFacts: TicketFacts | undefined,
): boolean {
  const roles = administratorRolesOf(user);
  const isPrivileged = roles === 'unknown' || roles.length > 0;
  return policy.approval === 'always' || isPrivileged || ticketNeedsApproval(policy, ticketFacts);
}

/** Whether a second person has to approve because the ticket does not fit. A ticket that fits never spares an approval. */
export function ticketNeedsApproval(
  { ticketMismatch }: Pick<Policy, 'ticketMismatch'>,
  facts: TicketFacts | undefined,
): boolean {
  return ticketMismatch === 'approve' && concernsOf(facts).length > 0;
}
