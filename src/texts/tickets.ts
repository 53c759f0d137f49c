import { concernsOf, type ResetRequest, type Ticket, type TicketConcern, type TicketFacts } from '../reset/index.ts';
import { joinSentences, sanitizeName, sanitizePlainText } from './formatting.ts';

/** What does not fit, in a sentence without a name, so that it may stand where others read along. */
export const ticketWarnings = {
  missing: 'There is no ticket of that number.',
  closed: 'The ticket is closed.',
  merged: 'The ticket was merged into another one.',
  'other-customer': 'The ticket is of another customer.',
  'other-contact': 'The ticket was opened for somebody else than this person.',
} as const satisfies Record<TicketConcern, string>;

/** Asks to look again where a ticket that was typed does not fit. Without a name, so that others may read it. */
export const ticketDoubtTexts = {
  openedFor: (contact: string) => `The ticket was opened for ${contact}.`,
  onCard: 'Nothing was reset yet: correct the ticket, or press the button again if it is right all the same.',
  inWords: (person: string) =>
    `Nothing was reset yet for ${person}. Type confirm again with the same ticket if it is right all the same, or with another.`,
} as const;

/** What is answered to a typed `confirm` whose ticket does not fit. */
export function formatTicketDoubt({ ticketFacts, target }: Pick<ResetRequest, 'ticketFacts' | 'target'>): string {
  const warnings = concernsOf(ticketFacts).map((concern) =>
    concern === 'other-contact' && ticketFacts?.kind === 'found' && ticketFacts.contact !== undefined
      ? ticketDoubtTexts.openedFor(sanitizePlainText(ticketFacts.contact, longestSubject))
      : ticketWarnings[concern],
  );
  const { displayName, userPrincipalName } = target.user;
  const person = `${sanitizePlainText(displayName)} (${sanitizePlainText(userPrincipalName)})`;
  return joinSentences(...warnings, ticketDoubtTexts.inWords(person));
}

/** The most of a subject that is shown. */
const longestSubject = 80;

/** What the ticket says in one row: subject, customer, contact and state. Undefined where none was read. */
export function describeTicketFacts(
  facts: TicketFacts | undefined,
  sanitize: typeof sanitizeName = sanitizeName,
): string | undefined {
  switch (facts?.kind) {
    case undefined:
    case 'missing':
    case 'not-checked':
      return undefined;
    case 'found': {
      const { subject, customer, contact, state, concerns } = facts;
      // What the technician may not see was left out when it was looked up.
      if (subject === '' && customer === undefined && concerns.includes('other-customer'))
        return ticketTexts.states[state];
      return [
        sanitize(subject, longestSubject, ticketTexts.noSubject),
        ...(customer === undefined ? [] : [sanitize(customer, longestSubject)]),
        ...(contact === undefined ? [] : [sanitize(contact, longestSubject)]),
        ticketTexts.states[state],
      ].join(' · ');
    }
  }
}

/** What Locksmith says of the ticket where it could not be read. Undefined where it could, or where nothing was looked up. */
export function describeTicketCheck(facts: TicketFacts | undefined): string | undefined {
  switch (facts?.kind) {
    case undefined:
    case 'found':
      return undefined;
    case 'missing':
      return ticketTexts.missing;
    case 'not-checked':
      return ticketTexts.notChecked;
  }
}

/** Whether and where the outcome of a request is noted; undefined where no ticket gets a note. */
export function describeNoteInTicket({
  state,
  proof,
  ticketFacts,
}: Pick<ResetRequest, 'state' | 'proof' | 'ticketFacts'>): string | undefined {
  const isThere = ticketFacts?.kind === 'found' || ticketFacts?.kind === 'not-checked';
  return isThere && proof?.ticket !== undefined && state !== 'cancelled' ? ticketTexts.note : undefined;
}

const ticketTexts = {
  noSubject: '(no subject)',
  missing: 'There is no such ticket.',
  notChecked: 'It could not be checked: the ticket system gave no answer in time. This goes on without it.',
  /** On the card that tells what happened. */
  note: 'Locksmith writes this outcome into the ticket.',
  states: { open: 'open', closed: 'closed', merged: 'merged into another one' } satisfies Record<
    Ticket['state'],
    string
  >,
} as const;
