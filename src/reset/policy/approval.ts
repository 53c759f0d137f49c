import type { Conversation, MessageAddress, Technician } from '../identity.ts';
import { concernsOf, type TicketFacts } from '../ports/tickets.ts';
import { administratorRolesOf, type CustomerUser } from '../target.ts';
import type { Policy } from './policy.ts';

/** The approval of a request: where a second person was asked, and their decision. Times are milliseconds since 1970 in UTC. */
export type Approval = {
  readonly askedAt: number;
  /** From this instant on no decision counts. */
  readonly approveBy: number;
  readonly places: readonly AskedPlace[];
  /** How often the attempts to post the cards were put off. */
  readonly putOff: number;
  readonly decision: Decision | undefined;
  /** Whether the copies of the card were updated to show the approval. That is tried once: the end updates them again. */
  readonly isShown: boolean;
  /** Whether the chat of the requester got the notice that no approval came. A definite refusal of the chat counts too. */
  readonly isTold: boolean;
  /**
   * The approvers among those in the chat where it was asked, whom the bot mentions there. Missing where it is not asked in a
   * chat, the roster did not answer, or they are too many to be mentioned.
   */
  readonly mentioned?: readonly AskedApprover[] | undefined;
  /** The requester is an approver, too, and cannot decide about this. Missing where they are none, or it is not known. */
  readonly isRequesterApprover?: true | undefined;
  /** When those who were asked were reminded. Missing until then. */
  readonly remindedAt?: number | undefined;
};

/** An approver whom the bot asks by name. */
export type AskedApprover = {
  /** The channel's own id of the person. */
  readonly member: string;
  /** For people to read. Empty where it is not known. */
  readonly name: string;
};

/** One place where a card asks for the approval, or will ask. */
export type AskedPlace = {
  readonly where: WhereToAsk;
  /** The address of the card. Undefined until it was posted. */
  readonly card: MessageAddress | undefined;
  /** Whether this place takes no card. No further attempt is made here. */
  readonly isClosed: boolean;
};

/** The chat in which a reset was asked for, or the direct message to one person. */
export type WhereToAsk =
  | { readonly kind: 'chat'; readonly conversation: Conversation }
  /** `member` is the channel's own id of the person, or their Entra object id; `from` says how to reach the channel. */
  | {
      readonly kind: 'person';
      readonly from: Conversation;
      readonly member: string;
      /** For people to read. Missing where it is not known. */
      readonly name?: string | undefined;
    };

/** What a second person decided, and by which right: `person`, `everyone`, or `group:<object id>`. */
export type Decision = {
  readonly kind: 'approved' | 'declined';
  readonly by: Technician;
  readonly at: number;
  readonly right: string;
};

/**
 * When those who were asked are due to be reminded: after half of the time that they have. Undefined if they were already.
 */
export function findReminderTime({ askedAt, approveBy, remindedAt }: Approval): number | undefined {
  return remindedAt === undefined ? askedAt + Math.floor((approveBy - askedAt) / 2) : undefined;
}

/** Who was asked by name: those who were mentioned in the chat, or those who got a direct message. Undefined if no one knows. */
export function findAskedApprovers({ places, mentioned }: Approval): readonly AskedApprover[] | undefined {
  if (places.some(({ where }) => where.kind === 'chat')) return mentioned;
  return places.flatMap(({ where, isClosed }) =>
    where.kind === 'person' && !isClosed ? [{ member: where.member, name: where.name ?? '' }] : [],
  );
}

/** Whether a card was posted in every place that takes one. */
export function isAskedEverywhere({ places }: Pick<Approval, 'places'>): boolean {
  return places.every(({ card, isClosed }) => card !== undefined || isClosed);
}

/** Whether a press comes from a chat in which the approval was asked for. A copy of the card in another chat does not count. */
export function isAskedIn({ places }: Pick<Approval, 'places'>, { id, tenantId }: Conversation): boolean {
  return places.some(({ where, card }) => {
    const asked = where.kind === 'chat' ? where.conversation : card?.conversation;
    return asked !== undefined && asked.id === id && asked.tenantId.toLowerCase() === tenantId.toLowerCase();
  });
}

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
