import type { Limit } from './policy/limit.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Technician } from './people/technician.ts';

/** What the trail says of one step. The store adds number, request, states and ids from the row that is swapped. */
export type AuditEntry = {
  readonly at: number;
  readonly kind: AuditKind;
  /** Who did it: an Entra object id, or `locksmith` where no person did. */
  readonly actor: string;
  /** What is known of the actor; not needed where it is the requester, whom the store knows. */
  readonly person?: Technician;
  /** Named facts, never a secret and never a body. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/** What can happen to a request, what can be refused before there is one, and what became of the store itself. */
export type AuditKind =
  | 'proposed'
  | 'not-let-in'
  | 'question-refused'
  | 'history-viewed'
  | 'frozen'
  | 'thawed'
  | 'asked-back'
  | 'chosen'
  | 'question-moved'
  | 'question-over'
  | 'click-refused'
  | 'card-posted'
  | 'card-answered'
  | 'confirmed'
  | 'approval-wanted'
  | 'approval-asked'
  | 'approval-given'
  | 'approved'
  | 'declined'
  | 'cancelled'
  | 'expired'
  | 'sign-in-awaited'
  | 'refused'
  | 'message-opened'
  | 'sealed'
  | 'try-started'
  | 'try-ended'
  | 'taken-over'
  | 'handed-over'
  | 'needs-attention'
  | 'delivery-begun'
  | 'delivery-put-off'
  | 'delivered'
  | 'revealed'
  | 'passed-on'
  | 'closed'
  | 'given-up'
  | 'hiding-put-off'
  | 'hidden'
  | 'restored';

/**
 * A step: the next version of a request, and what the trail says of it. Both are written, or neither. With limits, it is
 * a confirmation, and is made only while each of them leaves room for it.
 */
export type Step = {
  readonly after: ResetRequest;
  readonly entry: AuditEntry;
  readonly within?: readonly Limit[] | undefined;
};
