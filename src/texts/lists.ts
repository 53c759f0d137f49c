import {
  type Conversation,
  isPasswordKept,
  isWaitingForApproval,
  isWaitingForConfirmation,
  type OpenQuestion,
  type Refusal,
  type ResetRequest,
  waitsForSignIn,
  wasGivenUp,
  wasReplaced,
} from '../reset/index.ts';
import { cardTimes, formatCardTime, formatTechnician, personName, sanitizeName } from './formatting.ts';
import { describeRefusalForApprover } from './approvals.ts';
import { describeRefusal } from './refusals.ts';

/** What stands on the cards `status` and `history`, besides names, times and references. */
export const listTexts = {
  status: 'Your open resets',
  nothingOpen: 'Nothing of yours is open',
  whichToCancel: 'Several are open. Press the button of the one you mean, or type cancel and its reference.',
  nothingOpenHere: 'Nothing that you asked for here is open',
  everythingIsOver: 'Every reset that you asked for is over.',
  own: 'Your resets',
  everybody: 'Resets of everybody',
  of: (name: string) => `For “${name}”, sorted by when each was asked, the latest first.`,
  latestFirst: 'Sorted by when each was asked, the latest first.',
  byThatReference: 'The reset of that reference',
  noHistory: 'Nothing was asked for yet',
  nothingFound: 'Nothing found',
  noHistoryOf: (name: string) => `I find no reset for “${name}”. Type history to see them all.`,
  freezesAreCut:
    'I looked through the latest freezes alone. Your Locksmith administrator finds older ones in the audit trail.',
  searchIsCut: 'I looked through the latest requests alone. There may be older ones.',
  withheld: (count: number) =>
    count === 1
      ? 'One more request of yours is not shown: you have no right for its customer now.'
      : `${count} more requests of yours are not shown: you have no right for their customers now.`,
  here: 'This is what you asked for here. For everything, and for what is frozen, type status in our own chat.',
  page: (from: number, to: number, of: number) => `${from} to ${to} of ${of}.`,
  byReference: 'To take one back by its reference, type cancel and the reference.',
  since: (time: string) => `Since ${time} · `,
  sinceIn: {
    personal: (time: string) => `Since ${time}, in this chat · `,
    'group-chat': (time: string) => `Since ${time}, in a group chat · `,
    channel: (time: string) => `Since ${time}, in a channel · `,
  } satisfies Record<Conversation['kind'], (time: string) => string>,
  sinceAlone: (time: string) => `Since ${time}`,
  frozen: 'What is frozen',
  olderQuestions: (count: number) =>
    count === 1
      ? 'One older question of mine still stands on its card. It ends by itself.'
      : `${count} older questions of mine still stand on their cards. They end by themselves.`,
  at: (time: string) => `${time} · `,
  where: (address: string, customer: string) => `${address} · ${customer}`,
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
  correlation: (id: string) => `Correlation id, to quote to Microsoft: ${id}`,
  cancelled: (person: string) => `Cancelled. Nothing was changed for ${person}.`,
  notCancelled: (person: string) => `Too late: the reset for ${person} is under way or over.`,
  hidden: (person: string) => `The password for ${person} is not shown any more.`,
  notHidden: (person: string) => `There is no password for ${person} to hide now.`,
  questionClosed: (whom: string) => `Cancelled. I ask no more about ${whom}.`,
  questionOver: (whom: string) => `The question about ${whom} is over already.`,
} as const;

/** What an open request waits for. */
export function describeOpenRequest(request: ResetRequest): string {
  const isUnclear = request.attention !== undefined;
  const texts = openTexts;
  if (waitsForSignIn(request)) return texts.waitsForSignIn;
  switch (request.state) {
    case 'proposed':
      return isWaitingForConfirmation(request) ? texts.waitsForPress : texts.underWay;
    case 'awaiting-approval':
      return isWaitingForApproval(request) ? texts.waitsForApproval : texts.approved;
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'reset':
      return request.tries.length > 1 ? texts.triedAgain : texts.underWay;
    case 'needs-attention':
      return request.endedAt === undefined ? texts.unclearOnItsWay : texts.unclearAndLost;
    case 'delivering':
      return isUnclear ? texts.unclearUndelivered : texts.undelivered;
    case 'delivered':
      if (wasGivenUp(request)) return texts.givenUp;
      if (!isPasswordKept(request)) return isUnclear ? texts.unclearBeingHidden : texts.beingHidden;
      return isUnclear ? texts.unclearDelivered : texts.delivered;
    case 'hidden':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return texts.over;
  }
}

const openTexts = {
  waitsForSignIn:
    'Waits: Locksmith has no sign-in to Partner Center just now. It goes on by itself once that is mended.',
  waitsForPress: 'Waits for you to answer its card.',
  waitsForApproval: 'Waits for a second person to approve it.',
  approved: 'Approved and under way.',
  underWay: 'Under way.',
  triedAgain: 'Under way: Partner Center has not answered clearly. The same password is sent again until it does.',
  unclearOnItsWay: 'Needs attention: its password is on its way to you.',
  unclearAndLost:
    'Needs attention: the password may have been changed and cannot be shown. Type cancel and the reference, then ask for a new reset.',
  unclearUndelivered:
    'Needs attention: it is unknown whether the password is in force. Write to me in our own chat, and it comes there.',
  undelivered:
    'Done, but the password could not be delivered. Write to me in our own chat, or type cancel and the reference to have it erased.',
  givenUp: 'Over: the password could not be delivered and is erased. Ask for a new reset.',
  unclearDelivered:
    'Needs attention: the password in our chat may be in force. Try it; if it does not work, ask for a new reset.',
  delivered: 'Done: its password is in our own chat until you pass it on.',
  unclearBeingHidden:
    'Needs attention: I am hiding its password in our own chat, and that password may be in force. If the person cannot sign in with it, ask for a new reset.',
  beingHidden: 'Over: I am hiding its password in our own chat. Teams has not taken that yet; I try again by myself.',
  over: 'Over.',
} as const;

/** What was asked back, and how to answer. */
export function describeOpenQuestion({ asks, choices }: OpenQuestion): string {
  switch (asks.kind) {
    case 'missing-customer':
      return questionTexts.missingCustomer;
    case 'missing-user':
      return questionTexts.missingUser;
    case 'which-confirmation':
      return questionTexts.whichConfirmation;
    case 'which-customer':
    case 'near-customer':
    case 'near-domain':
    case 'which-user':
    case 'near-user':
      if (choices.length === 1) return questionTexts.oneSuggestion;
      return choices[0]?.kind === 'user' ? questionTexts.whichPerson : questionTexts.whichCustomer;
  }
}

const questionTexts = {
  missingCustomer: 'I asked at which customer this person is. Type its name, domain or tenant id there.',
  missingUser: 'I asked whose password it is. Type their name or address there.',
  whichConfirmation: 'I asked which of your resets to confirm. Type its number there.',
  oneSuggestion: 'I made one suggestion. Press Choose or Cancel on its card.',
  whichPerson: 'I asked which person is meant. Choose on the card, or type the number there.',
  whichCustomer: 'I asked which customer is meant. Choose on the card, or type the number there.',
} as const;

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
  correlationId,
}: ResetRequest): readonly string[] {
  const decision = approval?.decision;
  return [
    listTexts.askedWhere[askedIn.kind](formatTechnician(technician), formatCardTime(proposedAt)),
    ...(decision === undefined
      ? []
      : [listTexts.decided[decision.kind](formatTechnician(decision.by), formatCardTime(decision.at))]),
    listTexts.correlation(sanitizeName(correlationId)),
  ];
}

/** Who asked, how the caller was verified, the ticket and whether its note is missing, and who decided, in one line; empty where none of it is known. */
export function formatPastFacts(
  { technician, proof, approval }: ResetRequest,
  of: 'own' | 'everybody',
  missing?: keyof typeof listTexts.ticketWithout,
): string {
  const decision = approval?.decision;
  const ticketText = missing === undefined ? listTexts.ticket : listTexts.ticketWithout[missing];
  return [
    of === 'everybody' ? listTexts.askedBy(sanitizeName(personName(technician.name))) : undefined,
    proof?.verification === undefined ? undefined : sanitizeName(proof.verification),
    proof?.ticket === undefined ? undefined : ticketText(sanitizeName(proof.ticket)),
    decision && listTexts.decidedBy[decision.kind](sanitizeName(personName(decision.by.name))),
  ]
    .filter((fact) => fact !== undefined)
    .join(' · ');
}
