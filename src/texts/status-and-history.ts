import {
  findWaitingSince,
  type History,
  isWaitingForApproval,
  isWaitingForConfirmation,
  type OpenQuestion,
  type ResetRequest,
  waitsForSignIn,
  wasGivenUp,
} from '../reset/index.ts';
import { formatAddress, formatBullets, formatTime, personName, sanitizePlainText } from './formatting.ts';
import { describeRefusal } from './refusals.ts';

/** A message, not a report. */
const mostShown = 20;

/**
 * What of a technician's requests is not over, what needs their attention first, and what to do about each. Then come the
 * questions that they have not answered. Plain text.
 */
export function formatStatus(
  requests: readonly ResetRequest[],
  questions: readonly OpenQuestion[],
  withheld = 0,
): string {
  const left = withheld === 0 ? [] : [statusTexts.withheld(withheld)];
  if (requests.length + questions.length === 0) return left[0] ?? statusTexts.nothingOpen;
  const urgent = requests.filter(({ attention }) => attention !== undefined);
  const others = requests.filter(({ attention }) => attention === undefined);
  const lines = [...[...urgent, ...others].map(formatOpenRequest), ...questions.map(formatOpenQuestion)];
  return formatBullets(statusTexts.heading, lines.slice(0, mostShown), left);
}

function formatOpenQuestion({ asks, choices, correlationId }: OpenQuestion): string {
  const typed = sanitizePlainText(asks.typed);
  switch (asks.kind) {
    case 'missing-customer':
      return statusTexts.missingCustomer(typed, correlationId);
    case 'missing-user':
      return statusTexts.missingUser(typed, correlationId);
    case 'which-confirmation':
      return statusTexts.whichConfirmation(correlationId);
    case 'which-customer':
    case 'near-customer':
    case 'near-domain':
    case 'which-user':
    case 'near-user':
      return choices[0]?.kind === 'user'
        ? statusTexts.whichPerson(typed, correlationId)
        : statusTexts.whichCustomer(typed, correlationId);
  }
}

function formatOpenRequest(request: ResetRequest): string {
  return statusTexts.request(formatWho(request), formatOpenState(request), request.correlationId);
}

function formatWho({ target: { user, customer } }: ResetRequest): string {
  return statusTexts.who(
    sanitizePlainText(user.displayName),
    formatAddress(user.userPrincipalName, sanitizePlainText),
    sanitizePlainText(customer.name),
  );
}

function formatOpenState(request: ResetRequest): string {
  const isUnclear = request.attention !== undefined;
  const texts = statusTexts.states;
  if (waitsForSignIn(request)) return texts.waitsForSignIn(formatTime(findWaitingSince(request) ?? request.proposedAt));
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
      return isUnclear ? texts.unclearDelivered : texts.delivered;
    case 'hidden':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return texts.over;
  }
}

const statusTexts = {
  nothingOpen: 'Nothing of yours is open: every reset you asked for is over.',
  withheld: (count: number) =>
    count === 1
      ? 'One more request of yours is not shown: you have no right for its customer now.'
      : `${count} more requests of yours are not shown: you have no right for their customers now.`,
  heading: 'This is not over yet:',
  missingCustomer: (typed: string, reference: string) =>
    `I asked at which customer “${typed}” is: type its name, domain or tenant id there. (Reference: ${reference})`,
  missingUser: (typed: string, reference: string) =>
    `I asked who “${typed}” is: type their name or address there. (Reference: ${reference})`,
  whichConfirmation: (reference: string) =>
    `I asked which of your resets to confirm: type its number there. (Reference: ${reference})`,
  whichPerson: (typed: string, reference: string) =>
    `I asked which person “${typed}” is: choose on the card, or type cancel and this reference. (Reference: ${reference})`,
  whichCustomer: (typed: string, reference: string) =>
    `I asked which customer “${typed}” is: choose on the card, or type cancel and this reference. (Reference: ${reference})`,
  who: (person: string, address: string, customer: string) => `${person} (${address}) at ${customer}`,
  request: (who: string, state: string, reference: string) => `${who}: ${state} (Reference: ${reference})`,
  states: {
    waitsForSignIn: (since: string) =>
      `has waited since ${since}, because Locksmith has no sign-in to Partner Center just now. It goes on by itself once it is mended; type cancel and this reference to take it back.`,
    waitsForPress: 'waits for you to press Reset password on its card, or Cancel.',
    waitsForApproval: 'waits for a second person to approve it.',
    approved: 'is approved and under way.',
    underWay: 'is under way.',
    triedAgain:
      'is under way. Partner Center has not answered clearly yet; the same password is sent again until it does.',
    unclearOnItsWay: 'needs attention: its password is on its way to you.',
    unclearAndLost:
      'needs attention: the password may have been changed, and it cannot be shown any more. Ask for a new reset after typing cancel and this reference.',
    unclearUndelivered:
      'needs attention: nobody knows whether the password is in force. It waits to be delivered to you; write to me in our own chat.',
    undelivered:
      'is done, and the password waits to be delivered. Write to me in our own chat, and it comes there. Type cancel and this reference to have it erased.',
    givenUp: 'is over: the password could not be delivered and is erased. Ask for a new reset.',
    unclearDelivered:
      'needs attention: the password in our chat may be in force. Try it; if it does not work, ask for a new reset. Type cancel and this reference when it is settled.',
    delivered: 'is done. The password stands in our chat until you pass it on or its time is up.',
    over: 'is over.',
  },
} as const;

/** What was asked for before, the latest first, a line each. Plain text, and nothing of it is a password. */
export function formatHistory({ of, requests, isCut, withheld }: History, named: string | undefined): string {
  const texts = historyTexts[of];
  const name = named === undefined ? undefined : sanitizePlainText(named);
  if (requests.length === 0) {
    const none = name === undefined ? texts.none : texts.noneOf(name);
    const heard = withheld > 0 ? statusTexts.withheld(withheld) : none;
    return isCut ? `${heard} ${historyTexts.searchIsCut}` : heard;
  }
  return formatBullets(
    name === undefined ? texts.heading : texts.headingOf(name),
    requests.map((one) => formatPastRequest(one, of)),
    [...(isCut ? [historyTexts.more] : []), ...(withheld > 0 ? [statusTexts.withheld(withheld)] : [])],
  );
}

function formatPastRequest(request: ResetRequest, of: History['of']): string {
  const { technician, proof, correlationId } = request;
  const facts = [
    of === 'everybody' ? [historyTexts.askedBy(sanitizePlainText(personName(technician.name)))] : [],
    proof?.verification === undefined ? [] : [historyTexts.caller(sanitizePlainText(proof.verification))],
    proof?.ticket === undefined ? [] : [historyTexts.ticket(sanitizePlainText(proof.ticket))],
    [historyTexts.reference(correlationId)],
  ].flat();
  const time = formatTime(request.resetAt ?? request.endedAt ?? request.proposedAt);
  return historyTexts.request(time, formatWho(request), formatPastState(request), facts.join(' '));
}

function formatPastState(request: ResetRequest): string {
  const texts = historyTexts.states;
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
      return texts.expired;
    case 'refused':
      return request.refusal === undefined
        ? texts.refused
        : texts.refusedBecause(sanitizePlainText(describeRefusal(request.refusal).problem, 300));
  }
}

const historyTexts = {
  own: {
    heading: 'What you asked for, the latest first:',
    headingOf: (name: string) => `Your requests for “${name}”, the latest first:`,
    none: 'You have asked for nothing yet.',
    noneOf: (name: string) => `You have asked for nothing yet for “${name}”.`,
  },
  everybody: {
    heading: 'What everybody asked for, the latest first:',
    headingOf: (name: string) => `Everybody’s requests for “${name}”, the latest first:`,
    none: 'Nobody has asked for anything yet.',
    noneOf: (name: string) => `Nobody has asked for anything yet for “${name}”.`,
  },
  searchIsCut: 'I looked through the latest only.',
  more: 'There is more; these are the latest.',
  request: (time: string, who: string, state: string, facts: string) => `${time}: ${who}: ${state} ${facts}`,
  askedBy: (name: string) => `Asked by ${name}.`,
  caller: (verification: string) => `Caller: ${verification}.`,
  ticket: (ticket: string) => `Ticket: ${ticket}.`,
  reference: (id: string) => `(Reference: ${id})`,
  states: {
    unclear: 'may have been reset; nobody knows.',
    notConfirmed: 'not confirmed yet.',
    waitsForApproval: 'waits for approval.',
    underWay: 'under way.',
    givenUp: 'reset, and the password was never delivered.',
    reset: 'reset.',
    cancelled: 'cancelled.',
    declined: 'declined.',
    expired: 'expired, nothing was changed.',
    refused: 'refused.',
    refusedBecause: (problem: string) => `refused: ${problem}`,
  },
} as const;
