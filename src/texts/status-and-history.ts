import {
  type History,
  isWaitingForApproval,
  isWaitingForConfirmation,
  type OpenQuestion,
  type ResetRequest,
  waitsForSignIn,
  wasGivenUp,
} from '../reset/index.ts';
import { formatTime, sanitizePlainText } from './formatting.ts';
import { describeRefusal } from './refusals.ts';

/** A message, not a report. */
const mostShown = 20;

/**
 * What of somebody's requests is not over, what needs their attention first, and what to do about each; then what they
 * were asked back and have not answered. Plain text.
 */
export function formatStatus(requests: readonly ResetRequest[], questions: readonly OpenQuestion[]): string {
  if (requests.length + questions.length === 0) return 'Nothing of yours is open: every reset you asked for is over.';
  const urgent = requests.filter(({ attention }) => attention !== undefined);
  const others = requests.filter(({ attention }) => attention === undefined);
  return [
    'This is not over yet:',
    ...[...[...urgent, ...others].map(formatOpenRequest), ...questions.map(formatOpenQuestion)]
      .slice(0, mostShown)
      .map((line) => `• ${line}`),
  ].join('\n');
}

function formatOpenQuestion({ asks, choices, correlationId }: OpenQuestion): string {
  const about = choices[0]?.kind === 'user' ? 'which person' : 'which customer';
  return `I asked ${about} “${sanitizePlainText(asks.typed)}” is: choose on the card, or type cancel and this reference. (Reference: ${correlationId})`;
}

function formatOpenRequest(request: ResetRequest): string {
  const { user, customer } = request.target;
  const who = `${sanitizePlainText(user.displayName)} (${sanitizePlainText(user.userPrincipalName)}) at ${sanitizePlainText(customer.name)}`;
  return `${who}: ${formatOpenState(request)} (Reference: ${request.correlationId})`;
}

function formatOpenState(request: ResetRequest): string {
  const unclear = request.attention !== undefined;
  if (waitsForSignIn(request)) {
    return 'waits, because Locksmith has no sign-in to Partner Center just now. It goes on by itself once it is mended; type cancel and this reference to take it back.';
  }
  switch (request.state) {
    case 'proposed':
      return isWaitingForConfirmation(request)
        ? 'waits for you to press Reset password on its card, or Cancel.'
        : 'is under way.';
    case 'awaiting-approval':
      return isWaitingForApproval(request) ? 'waits for a second person to approve it.' : 'is approved and under way.';
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'reset':
      return request.tries.length > 1
        ? 'is under way. Partner Center has not answered clearly yet; the same password is sent again until it does.'
        : 'is under way.';
    case 'needs-attention':
      if (request.endedAt === undefined) return 'needs attention: its password is on its way to you.';
      return 'needs attention: the password may have been changed, and it cannot be shown any more. Ask for a new reset after typing cancel and this reference.';
    case 'delivering':
      return unclear
        ? 'needs attention: nobody knows whether the password is in force. It waits to be delivered to you; write to me in our own chat.'
        : 'is done, and the password waits to be delivered. Write to me in our own chat, and it comes there. Type cancel and this reference to have it erased.';
    case 'delivered':
      if (wasGivenUp(request))
        return 'is over: the password could not be delivered and is erased. Ask for a new reset.';
      return unclear
        ? 'needs attention: the password in our chat may be in force. Try it; if it does not work, ask for a new reset. Type cancel and this reference when it is settled.'
        : 'is done. The password stands in our chat until you pass it on or its time is up.';
    case 'hidden':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return 'is over.';
  }
}

/** What was asked for before, the latest first, a line each. Plain text, and nothing of it is a password. */
export function formatHistory({ of, requests, isCut }: History, named: string | undefined): string {
  const about = named === undefined ? '' : ` for “${sanitizePlainText(named)}”`;
  if (requests.length === 0) return `${emptyHistory[of]}${about}.${isCut ? ' I looked through the latest only.' : ''}`;
  const more = isCut ? ['There is more; these are the latest.'] : [];
  return [
    `${historyHeading[of]}${about}, the latest first:`,
    ...requests.map((one) => `• ${formatPastRequest(one, of)}`),
    ...more,
  ].join('\n');
}

const historyHeading = { own: 'What you asked for', everybody: 'What everybody asked for' } as const;
const emptyHistory = { own: 'You have asked for nothing yet', everybody: 'Nobody has asked for anything yet' } as const;

function formatPastRequest(request: ResetRequest, of: History['of']): string {
  const { technician, proof, correlationId } = request;
  const { user, customer } = request.target;
  const facts = [
    of === 'everybody' ? `Asked by ${sanitizePlainText(technician.name)}.` : '',
    proof?.verification === undefined ? '' : `Caller: ${sanitizePlainText(proof.verification)}.`,
    proof?.ticket === undefined ? '' : `Ticket: ${sanitizePlainText(proof.ticket)}.`,
    `(Reference: ${correlationId})`,
  ].filter(Boolean);
  const who = `${sanitizePlainText(user.displayName)} (${sanitizePlainText(user.userPrincipalName)}) at ${sanitizePlainText(customer.name)}`;
  return `${formatTime(request.resetAt ?? request.endedAt ?? request.proposedAt)}: ${who}: ${formatPastState(request)} ${facts.join(' ')}`;
}

function formatPastState(request: ResetRequest): string {
  if (request.attention !== undefined) return 'may have been reset; nobody knows.';
  switch (request.state) {
    case 'proposed':
      return isWaitingForConfirmation(request) ? 'not confirmed yet.' : 'under way.';
    case 'awaiting-approval':
      return 'waits for approval.';
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'needs-attention':
      return 'under way.';
    case 'reset':
    case 'delivering':
    case 'delivered':
    case 'hidden':
      return wasGivenUp(request) ? 'reset, and the password was never delivered.' : 'reset.';
    case 'cancelled':
      return 'cancelled.';
    case 'declined':
      return 'declined.';
    case 'expired':
      return 'expired, nothing was changed.';
    case 'refused':
      return request.refusal === undefined
        ? 'refused.'
        : `refused: ${sanitizePlainText(describeRefusal(request.refusal).problem, 300)}`;
  }
}
