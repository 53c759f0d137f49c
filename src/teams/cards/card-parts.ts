import { isAskedAmongOthers, type ResetRequest, type Target } from '../../reset/index.ts';
import {
  describeTicketAmongOthers,
  describeTicketFacts,
  formatAddress,
  formatCardTime,
  formatDomain,
  sanitizeName,
} from '../../texts/index.ts';

/** The person who reads a card: the one who asked for the reset, or an approver. */
export type Reader = 'requester' | 'approver';

/** A label and its value, both ready to be shown. */
export type Row = { readonly label: string; readonly value: string };

const longestValue = 300;

/**
 * The rows of a card, cleaned. A number is an instant, in milliseconds since 1970, and is shown in the reader's time. A
 * row without a value is left out.
 */
export function formatRows(
  rows: readonly (readonly [label: string, value: string | number | undefined])[],
): readonly Row[] {
  return rows.flatMap(([label, value]) => {
    if (value === undefined) return [];
    return [{ label, value: typeof value === 'number' ? formatCardTime(value) : sanitizeName(value, longestValue) }];
  });
}

/** The ticket in one form, with or without a sign of number before it when it was typed. Undefined where none was named. */
export function formatTicketNumber(
  request: Pick<ResetRequest, 'proof' | 'stated' | 'ticketFacts'>,
): string | undefined {
  const named = (request.proof ?? request.stated)?.ticket ?? request.ticketFacts?.named;
  return named?.replace(/^#\s*/, '');
}

/** What the ticket says, in one row. Where others read along it holds nothing that a stranger wrote. */
export function describeTicket(request: Pick<ResetRequest, 'askedIn' | 'ticketFacts'>): string | undefined {
  const describe = isAskedAmongOthers(request) ? describeTicketAmongOthers : describeTicketFacts;
  return describe(request.ticketFacts);
}

/** Whose password it is and at which customer, cleaned, for every card that names a person. */
export function formatTarget({ customer, user }: Target) {
  return {
    person: sanitizeName(user.displayName),
    address: formatAddress(user.userPrincipalName, sanitizeName),
    customer: sanitizeName(customer.name),
    domain: formatDomain(customer.domain, sanitizeName),
    tenant: sanitizeName(customer.id),
  } as const;
}
