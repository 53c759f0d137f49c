import type { Technician } from './identity.ts';

/** The audit entry of one step. The store adds its number, and the request, states and ids from the row. */
export type AuditEntry = {
  readonly at: number;
  readonly kind: AuditKind;
  /** Who did it: an Entra object id, or `locksmith` where no person did. */
  readonly actor: string;
  /** The actor as a person. Left out for the requester, whom the store reads from the row. */
  readonly person?: Technician;
  /** Named facts, never a secret and never a body. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * Kinds of audit entries: steps of a request, refusals before there is a request, and events of the store itself.
 */
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
  /** A ticket that was typed on the card does not fit, and the card warns of it. */
  | 'ticket-doubted'
  | 'confirmed'
  | 'approval-wanted'
  | 'approval-asked'
  | 'approval-reminded'
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
  /** Its work takes longer than the lease of the process that does it. */
  | 'lease-renewed'
  | 'needs-attention'
  | 'delivery-begun'
  | 'delivery-put-off'
  | 'delivered'
  | 'revealed'
  | 'write-back-accepted'
  | 'write-back-running'
  | 'sign-out-begun'
  | 'sign-out-ended'
  | 'access-pass-begun'
  | 'access-pass-ended'
  /** The requester is told what came of it, or the answer came too late for that. */
  | 'access-pass-told'
  /** It stands in the direct message, or cannot. */
  | 'access-pass-put'
  /** The direct message tells what followed the reset, or cannot. */
  | 'follow-up-shown'
  | 'passed-on'
  /** A newer reset of the same user has set another password. */
  | 'replaced'
  | 'closed'
  | 'given-up'
  | 'hiding-put-off'
  | 'hidden'
  | 'restored'
  /** A person wrote to the bot for the first time, or from another place. */
  | 'contact-kept'
  /** A note for a ticket: owed, begun to be sent, taken, put off, given up after three days, sent again by an operator. */
  | 'note-owed'
  | 'note-begun'
  | 'note-taken'
  | 'note-put-off'
  | 'note-given-up'
  | 'note-resent'
  /** Microsoft Graph told a fact that protects accounts at this customer for the first time; an operator ended that. */
  | 'protection-readable'
  | 'protection-forgotten'
  /** At the press Microsoft Graph or Partner Center told of something to weigh that the card did not show. It shows it now. */
  | 'target-doubted'
  /** SQLite, at the start: the process that held the lease is gone. */
  | 'lease-ended'
  /** A row of an older version got its MAC, once, at the upgrade. */
  | 'row-signed'
  /** A row was removed because it is over. */
  | 'row-removed';
