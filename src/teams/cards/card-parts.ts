import { isAskedAmongOthers, type ResetRequest, type Target, type TicketConcern } from '../../reset/index.ts';
import {
  describeTicketCheck,
  describeTicketFacts,
  formatAddress,
  formatCardTime,
  formatDomain,
  labels,
  sanitizeName,
  ticketWarnings,
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
function formatTicketNumber(request: Pick<ResetRequest, 'proof' | 'stated' | 'ticketFacts'>): string | undefined {
  const named = (request.proof ?? request.stated)?.ticket ?? request.ticketFacts?.named;
  return named?.replace(/^#\s*/, '');
}

/** The ticket in rows: its number, what it says, and what Locksmith says of it. Where others read along nothing that a stranger wrote. */
export function ticketRows(
  request: Pick<ResetRequest, 'askedIn' | 'proof' | 'stated' | 'ticketFacts'>,
  { none, concerns = [] }: { readonly none?: string; readonly concerns?: readonly TicketConcern[] } = {},
): readonly (readonly [label: string, value: string | undefined])[] {
  const { ticketFacts } = request;
  const checked = describeTicketCheck(ticketFacts) ?? concerns.map((concern) => ticketWarnings[concern]).join(' ');
  return [
    [labels.ticket, formatTicketNumber(request) ?? none],
    [labels.ticketSays, isAskedAmongOthers(request) ? undefined : describeTicketFacts(ticketFacts)],
    [labels.ticketCheck, checked === '' ? undefined : checked],
  ];
}

/** Whose password it is and at which customer, cleaned, for every card that names a person. */
export function formatTarget({ customer, user }: Target) {
  const address = formatAddress(user.userPrincipalName, sanitizeName);
  return {
    person: sanitizeName(user.displayName),
    address,
    addressSize: sizeOfAddress(address),
    customer: sanitizeName(customer.name),
    domain: formatDomain(customer.domain, sanitizeName),
    tenant: sanitizeName(customer.id),
  } as const;
}

/** An address stands on one line of a pane of 320 px, as a break within it is misread. Nothing is put into it, or a copy would be wrong. */
function sizeOfAddress(address: string): 'Medium' | 'Small' {
  return address.length <= longestMediumAddress ? 'Medium' : 'Small';
}

const longestMediumAddress = 32;
