import type { CorrelationId, CustomerId, UserId } from '../../base/index.ts';

/** The system that tickets are kept in. It is made by `createTickets` of tickets/create-tickets.ts. */
export type Tickets = {
  readonly system: TicketSystem;
  /** How the system writes the number that was typed. Undefined where the system cannot have it: nothing is asked then. */
  readonly readNumber: (typed: string) => string | undefined;
  /** What the ticket of that number says. Undefined where the system cannot be read. It never rejects. */
  readonly lookUp: ((number: string, signal: AbortSignal) => Promise<TicketLookUp>) | undefined;
  /** Minutes of work that are entered with the note of a delivered reset; undefined: none. */
  readonly timeMinutes?: number | undefined;
  /** Adds an internal note, which the customer never sees. It may have arrived although it failed. It never rejects. */
  readonly addNote: (note: RenderedNote) => Promise<NoteSending>;
  /** Whether a note with this id stands in its ticket. Undefined where the receiver tells by the id. It never rejects. */
  readonly findNote: ((note: RenderedNote) => Promise<NoteSearch>) | undefined;
};

export type TicketSystem = 'halopsa' | 'connectwise' | 'autotask' | 'webhook';

/** A ticket as its system tells it. All texts are a stranger's. */
export type Ticket = {
  readonly number: string;
  readonly subject: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly company: TicketCompany | undefined;
  readonly contact: TicketContact | undefined;
};

/** Why a ticket does not fit to what was asked for. */
export const ticketConcerns = ['missing', 'closed', 'merged', 'other-customer', 'other-contact'] as const;

export type TicketConcern = (typeof ticketConcerns)[number];

/** Whose ticket it is. `tenantIds` are empty where the system knows none of this company. */
export type TicketCompany = {
  readonly name: string | undefined;
  readonly tenantIds: readonly string[];
  readonly domains: readonly string[];
};

/** Who asked for it. `objectId` is the Entra object id. */
export type TicketContact = {
  readonly name: string | undefined;
  readonly address: string | undefined;
  readonly objectId: string | undefined;
};

export type TicketLookUp =
  { readonly kind: 'found'; readonly ticket: Ticket } | { readonly kind: 'missing' } | TicketTrouble;

/** `time`: what became of its minutes, where it has some. `refused`: the system took the note without them. */
export type NoteSending = { readonly kind: 'taken'; readonly time?: 'entered' | 'refused' | undefined } | TicketTrouble;

export type NoteSearch = { readonly kind: 'there' | 'not-there' } | TicketTrouble;

/** What went wrong, in codes. It holds nothing of request or answer. */
export type TicketTrouble = {
  readonly kind: 'failed';
  readonly code: TicketFailure;
  readonly httpStatus: number | undefined;
  /** The system wants no call before this instant, in milliseconds since 1970. */
  readonly againAt: number | undefined;
};

/**
 * Why a call to the ticket system came to nothing.
 *
 * `lost`: no answer came, and it may have arrived. `no-internal-note`: the system names no kind of note that customers do
 * not see. `refused`: the system takes the call amiss, such as an outcome that it does not have. `other-system`: the note is for a
 * ticket of the system that was there before.
 */
export const ticketFailures = [
  'timeout',
  'lost',
  'unauthorised',
  'forbidden',
  'not-found',
  'refused',
  'throttled',
  'unavailable',
  'unexpected-answer',
  'no-internal-note',
  'other-system',
] as const;

export type TicketFailure = (typeof ticketFailures)[number];

/** What a note tells. `undelivered`: the password was or may have been reset, and the technician cannot get it. */
export type NoteOutcome = 'delivered' | 'undelivered' | 'refused' | 'declined' | 'expired' | 'followed-up';

/** A note with its words. None of its fields is a secret. */
export type RenderedNote = {
  /** A GUID, the same in every try: the mark by which a note is found again. */
  readonly id: string;
  /** As `readNumber` gives it. */
  readonly ticket: string;
  readonly outcome: NoteOutcome;
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
  readonly customer: { readonly tenantId: CustomerId; readonly name: string };
  readonly user: { readonly id: UserId; readonly userPrincipalName: string; readonly displayName: string };
  readonly technician: string;
  readonly verification: string | undefined;
  readonly approvedBy: string | undefined;
  readonly correlationId: CorrelationId;
  /** Minutes of work to be entered in the same write; left out: none. */
  readonly minutes?: number | undefined;
  /** For people: lines of plain text, without anything that renders as markup. */
  readonly text: string;
};

/** What the ticket system says of the ticket that was named. Its texts are a stranger's, and no proof of who calls. */
export type TicketFacts =
  | {
      readonly kind: 'found';
      /** As the technician named it. */
      readonly named: string;
      readonly subject: string;
      readonly customer: string | undefined;
      readonly contact: string | undefined;
      readonly state: Ticket['state'];
      readonly concerns: readonly TicketConcern[];
    }
  | { readonly kind: 'missing'; readonly named: string }
  /** The system gave no answer in time, or none that could be used. */
  | { readonly kind: 'not-checked'; readonly named: string; readonly why: TicketFailure };

/**
 * Names the ticket that a card warns of, and the warnings. Its button carries it: a press of a card without them is none that
 * weighed them. Empty where there is nothing to warn of.
 */
export function nameShownTicket(facts: TicketFacts | undefined): string {
  return facts === undefined || concernsOf(facts).length === 0 ? '' : [facts.named, ...concernsOf(facts)].join(' ');
}

/** Everything that does not fit. A ticket that could not be read has nothing against it. */
export function concernsOf(facts: TicketFacts | undefined): readonly TicketConcern[] {
  switch (facts?.kind) {
    case undefined:
    case 'not-checked':
      return [];
    case 'missing':
      return ['missing'];
    case 'found':
      return facts.concerns;
  }
}
