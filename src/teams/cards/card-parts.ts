import type { Target } from '../../reset/index.ts';
import { type FailureText, formatAddress, formatDomain, longestSentence, sanitizeName } from '../../texts/index.ts';

/** The person who reads a card: the one who asked for the reset, or an approver. */
export type Reader = 'requester' | 'approver';

/** A label and its value, both ready to be shown. */
export type Row = { readonly label: string; readonly value: string };

const longestValue = 300;

/** The rows of a card, cleaned. A row without a value is left out. */
export function formatRows(rows: readonly (readonly [label: string, value: string | undefined])[]): readonly Row[] {
  return rows.flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, value: sanitizeName(value, longestValue) }],
  );
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

/** What is wrong and what to do about it, cleaned: sentences that may hold names. */
export function formatAdvice({ problem, advice }: FailureText) {
  return { says: sanitizeName(problem, longestSentence), next: sanitizeName(advice, longestSentence) } as const;
}
