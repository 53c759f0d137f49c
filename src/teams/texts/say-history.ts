import { type ResetRequest, wasGivenUp } from '../../reset/request.ts';
import type { History } from '../../reset/use-cases/history.ts';
import { sayTime } from '../cards/say-time.ts';
import { adviceOn } from './advice-on.ts';
import { plainName } from './plain-name.ts';

/** What was asked for before, the latest first, a line each. Plain text, and nothing of it is a password. */
export function sayHistory({ of, requests, isCut }: History, named: string | undefined): string {
  const about = named === undefined ? '' : ` for “${plainName(named)}”`;
  if (requests.length === 0) return `${nothing[of]}${about}.${isCut ? ' I looked through the latest only.' : ''}`;
  const more = isCut ? ['There is more; these are the latest.'] : [];
  return [`${heading[of]}${about}, the latest first:`, ...requests.map((one) => `• ${sayOne(one, of)}`), ...more].join(
    '\n',
  );
}

const heading = { own: 'What you asked for', everybody: 'What everybody asked for' } as const;
const nothing = { own: 'You have asked for nothing yet', everybody: 'Nobody has asked for anything yet' } as const;

function sayOne(request: ResetRequest, of: History['of']): string {
  const { technician, proof, correlationId } = request;
  const { user, customer } = request.target;
  const facts = [
    of === 'everybody' ? `Asked by ${plainName(technician.name)}.` : '',
    proof?.verification === undefined ? '' : `Caller: ${plainName(proof.verification)}.`,
    proof?.ticket === undefined ? '' : `Ticket: ${plainName(proof.ticket)}.`,
    `(Reference: ${correlationId})`,
  ].filter(Boolean);
  const who = `${plainName(user.displayName)} (${plainName(user.userPrincipalName)}) at ${plainName(customer.name)}`;
  return `${sayTime(request.resetAt ?? request.endedAt ?? request.proposedAt)}: ${who}: ${sayState(request)} ${facts.join(' ')}`;
}

function sayState(request: ResetRequest): string {
  if (request.attention !== undefined) return 'may have been reset; nobody knows.';
  switch (request.state) {
    case 'proposed':
      return request.confirmedAt === undefined ? 'not confirmed yet.' : 'under way.';
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
      return request.refusal === undefined ? 'refused.' : `refused: ${plainName(adviceOn(request.refusal).says, 300)}`;
  }
}
