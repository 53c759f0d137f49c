import type { Ticket, TicketConcern, TicketFailure } from './ports/tickets.ts';

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
 * Whether the ticket is plainly of other work: it is over, or of another customer. A number that is not there, or a contact who
 * is another person, is common where somebody writes for a colleague, and only warned of.
 */
export function isOfOtherWork(facts: TicketFacts | undefined): boolean {
  return concernsOf(facts).some((concern) => ['closed', 'merged', 'other-customer'].includes(concern));
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
