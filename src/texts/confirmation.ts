import { useCaseTunables } from '../base/index.ts';
import type { CustomerUser, PrivateFacts, ResetRequest, VerificationLack, Waiting } from '../reset/index.ts';
import { labels } from './buttons-and-labels.ts';
import {
  formatBullets,
  formatTime,
  joinSentences,
  personName,
  type Sanitize,
  sanitizePlainText,
} from './formatting.ts';
import {
  formatLastChange,
  formatMethods,
  formatNumbers,
  formatRoles,
  graphFactTexts,
} from './roles-and-sign-in-methods.ts';
import { describePartnerTrouble } from './failures/partner-center-failures.ts';
import { describeTicketFacts, ticketWarnings } from './tickets.ts';

/** The confirmation card, before and after the button is pressed. */
export const confirmationTexts = {
  heading: 'Reset this person’s password?',
  customerOfAddress: 'You did not name it: the address tells it',
  replaces: (asked: string) => `your request of ${asked}, which is over now`,
  careful: 'Stop and look before you go on',
  effect:
    'Their password stops working at once. A temporary one comes to you alone, in a direct message, and they choose their own when they sign in.',
  effectAfterApproval:
    'A second person has to approve this first. Then the old password stops working at once, and a temporary one comes to you alone, in a direct message.',
  effectWriteBack:
    'It is written back to the customer’s local directory, so that it works on the machines of their domain too.',
  inOwnChat:
    'Numbers on file, the ticket’s text and other facts about this person stand in your own chat with Locksmith.',
  verification: 'How was the caller verified?',
  verificationPlaceholder: 'Choose one',
  verificationMissing: 'Say how the caller was verified. Nothing is reset before that.',
  ticket: 'Ticket number',
  ticketOptional: 'Ticket number (optional)',
  ticketMissing: 'Give the ticket number. Nothing is reset before that.',
  openUntil: 'Open until',
  working: 'Working on it…',
  workingHeading: 'Resetting this person’s password',
  workingNext: 'The temporary password comes to you in a direct message. This card will say how it went.',
  /** What a reset has waited for longer than a few seconds, and since when. */
  held: {
    'no-mfa': (since: string) =>
      `Waiting since ${since}: Partner Center refuses Locksmith’s sign-in, because it was made without multifactor authentication.`,
    throttled: (since: string) => `Waiting since ${since}: Partner Center lets Locksmith make no more calls for now.`,
    outage: (since: string) => `Waiting since ${since}: Partner Center gives no answer that can be used.`,
    'graph-throttled': (since: string) => `Waiting since ${since}: Microsoft Graph takes no more calls for now.`,
    'graph-outage': (since: string) => `Waiting since ${since}: Microsoft Graph gives no answer that can be used.`,
    'write-back': (since: string) =>
      `Waiting since ${since}: Microsoft writes the password to the customer’s local directory.`,
    'no-answer': (since: string) => `Waiting since ${since}: no answer has come yet from Partner Center or Teams.`,
  } satisfies Record<Waiting['kind'], (since: string) => string>,
  /** Who can end the wait. */
  heldNext: {
    'no-mfa':
      'It is tried again for ten minutes, until an administrator signs Locksmith in again with multifactor authentication (npm run consent). Type cancel to take it back.',
    throttled: 'It passes by itself, and this card will say how it went. Type cancel to take it back.',
    outage:
      'Only Microsoft can mend it; your Locksmith administrator can look at the service health of Partner Center. The same password is sent again until the answer is clear.',
    'graph-throttled': 'It passes by itself, and this card will say how it went. Type cancel to take it back.',
    'graph-outage':
      'The same password is sent again until the answer is clear. Your Locksmith administrator can look at Microsoft’s service health.',
    'write-back':
      'It passes by itself, within five minutes at most. This card will say how it went; nothing is set a second time.',
    'no-answer': 'It passes by itself or ends with the reason. This card will say how it went.',
  } satisfies Record<Waiting['kind'], string>,
  waitingHeading: 'This reset waits for approval',
  waiting: 'Waiting for approval',
  waitingNext: 'Nothing is reset before a second person approves it. This card will say what they decide.',
  waitingNextForApprover:
    'You are an approver, but cannot approve your own request: another one has to. This card will say what they decide.',
  nobodyHereNext: 'No approver is in this chat. Add one here, or press Cancel and ask again where one is.',
  pausedHeading: 'This reset waits',
  paused: (since: string) =>
    `Waiting since ${since}: Locksmith has no sign-in to Partner Center just now, so resets pause.`,
  pausedNext:
    'An administrator is told, and this goes on by itself once it is mended; after an hour it ends and nothing is changed. Type cancel to take it back.',
  approvedHeading: 'Approved: resetting this person’s password',
} as const;

/** What makes a careful person stop. */
export const warningTexts = {
  administrator: (roles: string) => `Administrator: ${roles}.`,
  administratorAmongOthers: 'This is the account of an administrator.',
  outsiders: (count: number | 'unknown') =>
    count === 'unknown'
      ? 'It could not be read who reads along in this chat. There may be guests.'
      : count === 1
        ? 'One of those who read along in this chat is a guest or of another organisation.'
        : `${count} of those who read along in this chat are guests or of another organisation.`,
  moreInOwnChat: {
    roles: 'Its roles stand in your own chat with Locksmith: read them there before you press.',
    ticket: 'What the ticket says stands in your own chat with Locksmith: read it there before you press.',
    both: 'Its roles and what the ticket says stand in your own chat with Locksmith: read them there before you press.',
    other: 'There is more to weigh about this account: read it in your own chat with Locksmith before you press.',
  },
  rolesUnknown: 'It could not be read whether this person is an administrator.',
  rolesUnknownBecause: (problem: string) => `It could not be read whether this person is an administrator: ${problem}`,
  resetBefore: (when: string, by: string) => `${by} reset this person’s password on ${when}.`,
  maybeResetBefore: (when: string, by: string) => `${by} reset this person’s password on ${when}, or may have.`,
  synchronised: 'This account is kept in a local directory and only copied to the cloud.',
  federated: 'This person signs in at another service; a password set here may be of no use.',
  domainUnknown: 'It could not be read where this person signs in.',
  deleted: 'This account is deleted.',
  stateUnknown: 'It could not be read whether this account is active.',
  customerInferred: {
    requester:
      'You did not name the customer. This is the one of your last reset in this chat; make sure that it is the right one.',
    approver:
      'The person who asked did not name the customer. It is the one of their last reset in that chat; make sure that it is the right one.',
  },
  deceptiveRequester:
    'The name or address of the person who asked mixes alphabets or holds hidden characters. It may be made to look like somebody else’s.',
  deceptiveName: 'The person’s name mixes alphabets or holds hidden characters. Compare the address letter by letter.',
  deceptiveAddress: 'The address mixes alphabets or holds hidden characters. It may be made to look like another one.',
  deceptiveCustomer: 'The customer’s name or domain mixes alphabets or holds hidden characters. Compare the tenant id.',
} as const;

/** Says that the roles of a person could not be read, and why and what to do where that is known. */
export function describeUnknownRoles({ rolesTrouble }: Pick<CustomerUser, 'rolesTrouble'>): string {
  if (rolesTrouble === undefined) return warningTexts.rolesUnknown;
  const { problem, advice } = describePartnerTrouble({ ...rolesTrouble, storedWording: undefined });
  return joinSentences(warningTexts.rolesUnknownBecause(problem), advice);
}

/** When and by whom the password was reset shortly before. `sanitize` makes the name fit for where it is shown. */
export function describeResetBefore(
  { at, by, isCertain }: NonNullable<ResetRequest['resetBefore']>,
  formatInstant: (milliseconds: number) => string,
  sanitize: Sanitize,
): string {
  const tell = isCertain === true ? warningTexts.resetBefore : warningTexts.maybeResetBefore;
  return tell(formatInstant(at), sanitize(personName(by)));
}

/** What is answered to a typed `confirm` that lacks what the policy requires. */
export const typedProofTexts = {
  'verification-missing': (person: string, methods: string) =>
    `Nothing was reset for ${sanitizePlainText(person)}. Type confirm with how you verified the caller: ${methods}.`,
  'verification-unknown': (person: string, methods: string) =>
    `Nothing was reset for ${sanitizePlainText(person)}: that way of verifying a caller is not in the policy any more. Type confirm with one of these: ${methods}.`,
  'ticket-missing': (person: string) =>
    `Nothing was reset for ${sanitizePlainText(person)}. Give the ticket number: type confirm with it, such as “confirm #4711”, or use the card.`,
  'ticket-too-long': (person: string) =>
    `Nothing was reset for ${sanitizePlainText(person)}. The ticket number is too long: 64 characters at most.`,
} as const satisfies Record<VerificationLack, (person: string, methods: string) => string>;

/** What is answered to a press that lacks what the policy requires. */
export const proofTexts = {
  'verification-missing': 'Nothing was reset. Say first how the caller was verified, then press the button again.',
  'verification-unknown':
    'Nothing was reset: that way of verifying a caller is not in the policy any more. Ask again to get a new card.',
  'ticket-missing': 'Nothing was reset. Give the ticket number first, then press the button again.',
  'ticket-too-long': 'Nothing was reset. The ticket number is too long: 64 characters at most.',
} as const satisfies Record<VerificationLack, string>;

/** What the card among others does not show of a person, for the requester's own chat. Plain text. */
export function formatPrivateDetails(request: ResetRequest, told: PrivateFacts | undefined): string {
  const { target, resetBefore, ticketFacts } = request;
  const { displayName, userPrincipalName, roles } = target.user;
  return formatBullets(
    privateDetailTexts.heading(
      sanitizePlainText(displayName),
      sanitizePlainText(userPrincipalName),
      sanitizePlainText(target.customer.name),
    ),
    [
      ...(resetBefore === undefined ? [] : [describeResetBefore(resetBefore, formatTime, sanitizePlainText)]),
      ...(roles === 'unknown' ? [describeUnknownRoles(target.user)] : []),
      ...(roles === 'unknown' || roles.length === 0
        ? []
        : [privateDetailTexts.fact(privateDetailTexts.roles, sanitizePlainText(formatRoles(roles), 300))]),
      ...(told === undefined ? [] : formatToldFacts(request, told)),
      ...describePrivateTicket(ticketFacts),
    ],
  );
}

function describePrivateTicket(facts: ResetRequest['ticketFacts']): readonly string[] {
  if (facts?.kind !== 'found') return [];
  const says = describeTicketFacts(facts, sanitizePlainText) ?? '';
  const named = sanitizePlainText(facts.named);
  const check = facts.concerns.map((one) => ticketWarnings[one]).join(' ');
  return [
    privateDetailTexts.ticket(named, says),
    ...(check === '' ? [] : [privateDetailTexts.ticketCheck(labels.ticketCheck, check)]),
  ];
}

function formatToldFacts(request: ResetRequest, told: PrivateFacts): readonly string[] {
  const { lastPasswordChange, methods, numbers } = told;
  const { fact } = privateDetailTexts;
  return [
    ...(isRecentChange(request, lastPasswordChange)
      ? [describePasswordChange(request, lastPasswordChange, formatTime(lastPasswordChange))]
      : [fact(graphFactTexts.lastChange, formatLastChange(lastPasswordChange))]),
    ...(methods === undefined ? [] : [fact(graphFactTexts.methods, formatMethods(methods))]),
    ...(numbers === undefined
      ? []
      : [
          joinSentences(
            fact(graphFactTexts.numbers, formatNumbers(numbers, sanitizePlainText)),
            numbers.length === 0 ? undefined : graphFactTexts.numbersAdvice,
          ),
        ]),
  ];
}

/** Says that the password was changed shortly before the question, or after it. `when`: the same instant in words. */
export function describePasswordChange(
  { proposedAt }: Pick<ResetRequest, 'proposedAt'>,
  at: number,
  when: string,
): string {
  return at > proposedAt ? graphFactTexts.changedMeanwhile(when) : graphFactTexts.changedRecently(when);
}

/**
 * Whether the password was changed so shortly before the question that a careful person would ask by whom. An earlier reset
 * that the card names is none.
 */
export function isRecentChange(
  { proposedAt, resetBefore }: Pick<ResetRequest, 'proposedAt' | 'resetBefore'>,
  at: number | undefined,
): at is number {
  if (at === undefined || proposedAt - at >= useCaseTunables.recentPasswordChangeMilliseconds) return false;
  return resetBefore === undefined || Math.abs(resetBefore.at - at) > useCaseTunables.samePasswordChangeMilliseconds;
}

const privateDetailTexts = {
  heading: (person: string, address: string, customer: string) =>
    `For you alone, before you confirm the reset for ${person} (${address}) at ${customer}:`,
  roles: 'Directory roles',
  fact: (label: string, value: string) => `${label}: ${value}.`,
  ticket: (named: string, says: string) => `Ticket ${named} says: ${says}.`,
  ticketCheck: (label: string, check: string) => `${label}: ${check}`,
} as const;
