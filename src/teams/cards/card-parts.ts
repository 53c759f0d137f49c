import type { CustomerUser, Target } from '../../reset/index.ts';
import { sanitizeName, warningTexts } from '../../texts/index.ts';

/** The person who reads a card: the one who asked for the reset, or an approver. */
export type Reader = 'requester' | 'approver';

/** A label and its value, both ready to be shown. */
export type Row = { readonly label: string; readonly value: string };

const longestValue = 300;
/** Long enough for two sentences with a few names in them. */
const longestSentence = 600;
/** Enough to see what kind of account it is. */
const mostRoles = 6;

/** The rows of a card, cleaned. A row without a value is left out. */
export function formatRows(rows: readonly (readonly [label: string, value: string | undefined])[]): readonly Row[] {
  return rows.flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, value: sanitizeName(value, longestValue) }],
  );
}

/** The names of roles, cleaned, in a line. Beyond six it says how many more there are. */
export function formatRoles(roles: Exclude<CustomerUser['roles'], 'unknown'>): string {
  const names = roles.map(({ name }) => sanitizeName(name));
  const more = names.length > mostRoles ? [warningTexts.more(names.length - mostRoles)] : [];
  return [...names.slice(0, mostRoles), ...more].join(', ');
}

/** Whose password it is and at which customer, cleaned, for every card that names a person. */
export function formatTarget({ customer, user }: Target) {
  return {
    person: sanitizeName(user.displayName),
    address: sanitizeName(user.userPrincipalName),
    customer: sanitizeName(customer.name),
    domain: sanitizeName(customer.domain),
    tenant: sanitizeName(customer.id),
  } as const;
}

/** What is wrong and what to do about it, cleaned: sentences that may hold names. */
export function formatAdvice({ problem, advice }: { readonly problem: string; readonly advice: string }) {
  return { says: sanitizeName(problem, longestSentence), next: sanitizeName(advice, longestSentence) } as const;
}
