import {
  type Conversation,
  isWaitingForConfirmation,
  type NamedFreeze,
  type Refusal,
  type ResetRequest,
  wasGivenUp,
  wasReplaced,
} from '../reset/index.ts';
import {
  cardTimes,
  formatCardTime,
  formatCustomerName,
  formatTechnician,
  personName,
  sanitizeName,
} from './formatting.ts';
import { describeRefusalForApprover } from './approvals.ts';
import { describeRefusal } from './refusals.ts';

/** What became of an earlier request. */
export function describePastRequest(request: ResetRequest, of: 'own' | 'everybody' = 'own'): string {
  const texts = pastTexts;
  if (request.attention !== undefined) return texts.unclear;
  switch (request.state) {
    case 'proposed':
      return isWaitingForConfirmation(request) ? texts.notConfirmed : texts.underWay;
    case 'awaiting-approval':
      return texts.waitsForApproval;
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'needs-attention':
      return texts.underWay;
    case 'reset':
    case 'delivering':
    case 'delivered':
    case 'hidden':
      return wasGivenUp(request) ? texts.givenUp : texts.reset;
    case 'cancelled':
      return texts.cancelled;
    case 'declined':
      return texts.declined;
    case 'expired':
      return wasReplaced(request) ? texts.replaced : texts.expired;
    case 'refused':
      return request.refusal === undefined
        ? texts.refused
        : texts.refusedBecause(describePastRefusal(request.refusal, request.technician.name, of));
  }
}

/** An auditor reads of what others were refused, which speaks to them. */
function describePastRefusal(refusal: Refusal, requester: string, of: 'own' | 'everybody'): string {
  return of === 'own'
    ? describeRefusal(refusal, cardTimes).problem
    : describeRefusalForApprover(refusal, requester, cardTimes).problem;
}

const pastTexts = {
  unclear: 'May have been reset: that is not known.',
  notConfirmed: 'Not confirmed yet.',
  waitsForApproval: 'Waits for approval.',
  underWay: 'Under way.',
  givenUp: 'Reset, but the password was never delivered.',
  reset: 'Reset.',
  cancelled: 'Cancelled: nothing was changed.',
  declined: 'Declined: nothing was changed.',
  expired: 'Expired: nothing was changed.',
  replaced: 'Replaced by a newer request: nothing was changed.',
  refused: 'Refused: nothing was changed.',
  refusedBecause: (problem: string) => `Refused: ${problem}`,
} as const;

/** What there is to tell of one request besides its row, a line each. */
export function formatPastDetails({
  technician,
  proposedAt,
  askedIn,
  approval,
  resetAt,
  endedAt,
  correlationId,
}: ResetRequest): readonly string[] {
  const decision = approval?.decision;
  const ended = endedAt === undefined ? [] : [factTexts.ended(formatCardTime(endedAt))];
  return [
    factTexts.askedWhere[askedIn.kind](formatTechnician(technician), formatCardTime(proposedAt)),
    ...(decision === undefined
      ? []
      : [factTexts.decided[decision.kind](formatTechnician(decision.by), formatCardTime(decision.at))]),
    ...(resetAt === undefined ? ended : [factTexts.reset(formatCardTime(resetAt))]),
    factTexts.correlation(sanitizeName(correlationId)),
  ];
}

/** Who asked, how the caller was verified, the ticket and whether its note is missing, and who decided, in one line; empty where none of it is known. */
export function formatPastFacts(
  { technician, proof, approval }: ResetRequest,
  of: 'own' | 'everybody',
  missing?: keyof typeof factTexts.ticketWithout,
): string {
  const decision = approval?.decision;
  const ticketText = missing === undefined ? factTexts.ticket : factTexts.ticketWithout[missing];
  return [
    of === 'everybody' ? factTexts.askedBy(sanitizeName(personName(technician.name))) : undefined,
    proof?.verification === undefined ? undefined : sanitizeName(proof.verification),
    proof?.ticket === undefined ? undefined : ticketText(sanitizeName(proof.ticket)),
    decision && factTexts.decidedBy[decision.kind](sanitizeName(personName(decision.by.name))),
  ]
    .filter((fact) => fact !== undefined)
    .join(' · ');
}

const factTexts = {
  askedBy: (name: string) => `Asked by ${name}`,
  ticket: (ticket: string) => `ticket ${ticket}`,
  ticketWithout: {
    waiting: (ticket: string) => `ticket ${ticket} (the note is not there yet)`,
    'given-up': (ticket: string) => `ticket ${ticket} (without a note: write it yourself)`,
  },
  askedWhere: {
    personal: (by: string, when: string) => `Asked by ${by} in their own chat: ${when}.`,
    'group-chat': (by: string, when: string) => `Asked by ${by} in a group chat: ${when}.`,
    channel: (by: string, when: string) => `Asked by ${by} in a channel: ${when}.`,
  } satisfies Record<Conversation['kind'], (by: string, when: string) => string>,
  decidedBy: {
    approved: (name: string) => `approved by ${name}`,
    declined: (name: string) => `declined by ${name}`,
  },
  decided: {
    approved: (by: string, when: string) => `Approved by ${by}: ${when}.`,
    declined: (by: string, when: string) => `Declined by ${by}: ${when}.`,
  },
  reset: (when: string) => `Reset: ${when}.`,
  ended: (when: string) => `Over: ${when}.`,
  correlation: (id: string) => `Correlation id, to quote to Microsoft: ${id}`,
} as const;

/** A freeze that came into force or was lifted, as a row of `history`. Names are fit for a `TextRun`. */
export function describePastFreeze({ kind, customer, name, by }: NamedFreeze): {
  readonly who: string;
  readonly what: string;
  readonly by: string;
} {
  const place = customer && (customer.domain || customer.id);
  const of =
    place === undefined
      ? freezeTexts.everyCustomer
      : name === undefined
        ? sanitizeName(place)
        : formatCustomerName({ name, domain: place }, sanitizeName);
  const texts = freezeTexts[kind];
  return { who: texts.who(of), what: texts.what, by: texts.by(sanitizeName(personName(by.name))) };
}

const freezeTexts = {
  everyCustomer: 'every customer',
  frozen: {
    who: (of: string) => `Frozen: ${of}`,
    what: 'From then on no password was reset there.',
    by: (name: string) => `Frozen by ${name}`,
  },
  thawed: {
    who: (of: string) => `Thawed: ${of}`,
    what: 'From then on resets could be asked for there again.',
    by: (name: string) => `Thawed by ${name}`,
  },
} as const;
