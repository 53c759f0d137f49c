import { createHash } from 'node:crypto';
import type { CorrelationId, ResetRequestId } from '../../base/index.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { NoteOutcome, Tickets, TicketSystem, TicketTrouble } from '../ports/tickets.ts';
import type { Refusal } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import type { Customer, CustomerUser } from '../target.ts';

/** A note that a ticket is owed, in codes. It is kept with the request until the ticket system has taken it. */
export type TicketNote = {
  /** A GUID, the same in every try. */
  readonly id: string;
  readonly request: ResetRequestId;
  /** The number as the system writes it. */
  readonly ticket: string;
  /** Whose number it is: in another system it is another ticket. Left out in notes of an older version. */
  readonly system?: TicketSystem | undefined;
  readonly outcome: NoteOutcome;
  /** What followed the reset; left out where it is signing out, which was all once. */
  readonly followUp?: FollowUpNote | undefined;
  /** Minutes of work that are entered with it; left out: none. As the setting was at the outcome, so that every try is the same. */
  readonly minutes?: number | undefined;
  /** When it happened, in milliseconds since 1970 in UTC. */
  readonly at: number;
  readonly correlationId: CorrelationId;
  readonly customer: Customer;
  readonly user: Pick<CustomerUser, 'id' | 'displayName' | 'userPrincipalName'>;
  readonly technician: NamedPerson;
  readonly verification: string | undefined;
  readonly approvedBy: NamedPerson | undefined;
  readonly declinedBy: NamedPerson | undefined;
  /** Why it was refused. */
  readonly refusal: Refusal | undefined;
  /** Whether it is unknown if the password is in force. */
  readonly isUnclear: boolean;
};

/** `access-pass-unclear` and `sign-out-unclear`: it may have happened. `access-pass-unusable`: it lets no one in. */
export type FollowUpNote = 'access-pass' | 'access-pass-unclear' | 'access-pass-unusable' | 'sign-out-unclear';

type NamedPerson = { readonly name: string; readonly userPrincipalName: string | undefined };

/** A note that waits to be sent, or that was given up. */
export type QueuedNote = {
  readonly note: TicketNote;
  readonly version: number;
  readonly state: 'waiting' | 'given-up';
  /** How often it was begun to be sent. With one or more it may stand in the ticket already. */
  readonly tries: number;
  readonly lease: { readonly owner: string; readonly until: number } | undefined;
  readonly dueAt: number | undefined;
  /** Why the last try came to nothing; left out before the first one. */
  readonly trouble?: Pick<TicketTrouble, 'code' | 'httpStatus'> | undefined;
  /** When somebody had it sent again: its three days begin anew then. */
  readonly resentAt?: number | undefined;
  /** When it was first tried, where it waited behind another before: its three days begin then. */
  readonly firstTriedAt?: number | undefined;
};

/** A note that waits or was given up, to be sent at once, and for three days from now on. It is looked for before it is added. */
export function resendNote(
  queued: QueuedNote,
  now: number,
): { readonly after: QueuedNote; readonly entry: AuditEntry } {
  const { id, ticket, outcome } = queued.note;
  return {
    after: { ...queued, version: queued.version + 1, state: 'waiting', lease: undefined, dueAt: now, resentAt: now },
    entry: { at: now, kind: 'note-resent', actor: 'locksmith', facts: { note: id, ticket, outcome } },
  };
}

/** Gives the note that a step owes; undefined where it owes none. */
export type FindOwedNote = (before: ResetRequest, after: ResetRequest) => TicketNote | undefined;

/** Creates the function that finds owed notes. Without a ticket system there are none. */
export function createFindOwedNote(
  tickets: (Pick<Tickets, 'readNumber' | 'timeMinutes'> & Partial<Pick<Tickets, 'system'>>) | undefined,
): FindOwedNote {
  return (before, after) => {
    const outcome = outcomeOf(before, after);
    const named = after.proof?.ticket;
    const ticket = named === undefined ? undefined : tickets?.readNumber(named);
    if (outcome === undefined || ticket === undefined) return undefined;
    const followUp = findFollowUp(before, after);
    const { id, displayName, userPrincipalName } = after.target.user;
    const { technician, approval, proof, refusal } = after;
    const decision = approval?.decision;
    const minutes = tickets?.timeMinutes;
    return {
      id: makeNoteId(after),
      request: after.id,
      ticket,
      ...(tickets?.system !== undefined && { system: tickets.system }),
      outcome,
      ...(followUp !== undefined && { followUp }),
      // A request is delivered once, so its time is entered once.
      ...(outcome === 'delivered' && minutes !== undefined && { minutes }),
      at: isOfPass(followUp) ? (after.accessPass?.at ?? after.proposedAt) : findInstant(after, outcome),
      correlationId: after.correlationId,
      customer: after.target.customer,
      user: { id, displayName, userPrincipalName },
      technician: nameOf(technician),
      verification: proof?.verification,
      approvedBy: decision?.kind === 'approved' ? nameOf(decision.by) : undefined,
      declinedBy: decision?.kind === 'declined' ? nameOf(decision.by) : undefined,
      refusal,
      isUnclear: after.attention !== undefined,
    };
  };
}

/** An outcome is what comes after a confirmation. What a technician has taken back is none: nothing has happened. */
function outcomeOf(before: ResetRequest, after: ResetRequest): NoteOutcome | undefined {
  if (after.proof === undefined) return undefined;
  if (before.signOut?.outcome !== 'done' && after.signOut?.outcome === 'done') return 'followed-up';
  if (findFollowUp(before, after) !== undefined) return 'followed-up';
  if (isLost(before, after)) return 'undelivered';
  if (before.state === after.state) return undefined;
  switch (after.state) {
    case 'delivered':
    case 'refused':
    case 'declined':
    case 'expired':
      return after.state;
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'reset':
    case 'delivering':
    case 'needs-attention':
    case 'hidden':
    case 'cancelled':
      return undefined;
  }
}

/** A pass that was made counts whether or not anybody could see it: it lets somebody in. So does one that may have been made. */
function findFollowUp(before: ResetRequest, { accessPass, signOut }: ResetRequest): FollowUpNote | undefined {
  if (signOut?.outcome === 'unknown' && before.signOut?.outcome !== 'unknown') return 'sign-out-unclear';
  // What was made was noted when it was; that it may not be shown any more is no other pass.
  if (accessPass === undefined || before.accessPass?.outcome === accessPass.outcome) return undefined;
  if (before.accessPass?.outcome === 'made') return undefined;
  switch (accessPass.outcome) {
    case 'made':
    case 'unseen':
      return 'access-pass';
    case 'unknown':
      return 'access-pass-unclear';
    case 'unusable':
      return 'access-pass-unusable';
    case 'pending':
    case 'exists':
    case 'not-asked':
    case 'refused':
      return undefined;
  }
}

function isOfPass(followUp: FollowUpNote | undefined): boolean {
  return followUp !== undefined && followUp !== 'sign-out-unclear';
}

/** Whether a password that is or may be in force cannot be delivered any more since this step. */
function isLost(before: ResetRequest, after: ResetRequest): boolean {
  switch (after.state) {
    case 'needs-attention':
      return before.state === 'needs-attention' && before.endedAt === undefined && after.endedAt !== undefined;
    case 'delivered':
      return after.deliveredAt === undefined && (before.state !== 'delivered' || before.deliveredAt !== undefined);
    case 'hidden':
      // Where it could not be opened, that was noted before.
      return before.state === 'delivering' || (before.state === 'needs-attention' && before.endedAt === undefined);
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'reset':
    case 'delivering':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return false;
  }
}

function findInstant(after: ResetRequest, outcome: NoteOutcome): number {
  const { signOut, deliveredAt, endedAt, hiddenAt, hideAt, proposedAt } = after;
  switch (outcome) {
    case 'followed-up':
      return signOut?.at ?? proposedAt;
    case 'delivered':
      return deliveredAt ?? proposedAt;
    case 'undelivered':
      // The request had ended for the requester when the first attempt to deliver failed.
      return hiddenAt ?? hideAt ?? endedAt ?? proposedAt;
    case 'refused':
    case 'declined':
    case 'expired':
      return endedAt ?? proposedAt;
  }
}

function nameOf({ name, userPrincipalName }: ResetRequest['technician']): NamedPerson {
  return { name, userPrincipalName };
}

/** It follows from the request and its version, so one step has one note. The id of the request cannot be told from it. */
function makeNoteId({ id, version }: ResetRequest): string {
  const hex = createHash('sha256').update(`locksmith note 1/${id}/${version}`).digest('hex');
  // The form of a random GUID: https://www.rfc-editor.org/rfc/rfc9562#section-5.8
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
