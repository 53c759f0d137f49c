import type { Finding } from '../reset/ports.ts';
import type { Target } from '../reset/target.ts';
import type { ReadingFinding } from './find-reading.ts';

const mostChoices = 6;

/**
 * Makes one answer of the ways to read a sentence, the most plausible first. Any reading that means somebody counts. It
 * is an answer only if all that mean somebody mean the same person; otherwise it asks, with everybody who is meant.
 */
export function settleFindings(findings: readonly ReadingFinding[]): Finding {
  const found = findings.filter((finding) => finding.kind === 'found');
  const whichUser = findings.filter((finding) => finding.kind === 'which-user');
  const whichCustomer = findings.filter((finding) => finding.kind === 'which-customer');
  const people = distinct(
    [...found.map(({ target }) => target), ...whichUser.flatMap(({ choices }) => choices)],
    keyOf,
  );
  const [first] = people;
  const [customerChoice] = whichCustomer;
  if (first !== undefined && people.length === 1 && customerChoice === undefined) {
    const customerInferred = found.every((finding) => finding.customerInferred);
    return { kind: 'found', target: first, customerInferred };
  }
  if (first !== undefined && people.length > 1) {
    const typed = whichUser[0]?.typed ?? first.user.displayName;
    return { kind: 'which-user', typed, choices: people.slice(0, mostChoices) };
  }
  if (customerChoice !== undefined) {
    const named = people.map(({ customer }) => customer);
    const others = whichCustomer.flatMap(({ choices }) => choices);
    const choices = distinct([...named, ...others], ({ id }) => id).slice(0, mostChoices);
    return { kind: 'which-customer', typed: customerChoice.typed, choices };
  }
  return sayNobody(findings);
}

/**
 * Nobody is meant. It says so by the first reading that names a customer there is, one with somebody near before others;
 * then by a customer nearly named; then by the inferred customer.
 */
function sayNobody(findings: readonly ReadingFinding[]): Finding {
  const noUser = findings.filter((finding) => finding.kind === 'no-user');
  const noCustomer = findings.filter((finding) => finding.kind === 'no-customer');
  return (
    sayNoUser(noUser.filter(({ customerInferred }) => !customerInferred)) ??
    sayNearCustomer(noCustomer) ??
    sayNoUser(noUser) ??
    noCustomer.map(({ typed }) => ({ kind: 'no-customer', typed, near: [] }) as const)[0] ?? {
      kind: 'customer-missing',
    }
  );
}

function sayNoUser(findings: readonly Extract<ReadingFinding, { kind: 'no-user' }>[]): Finding | undefined {
  for (const { typed, customer, near } of findings) {
    const choices = near();
    if (choices.length > 0) return { kind: 'no-user', typed, customer, near: choices.slice(0, mostChoices) };
  }
  const [first] = findings;
  return first && { kind: 'no-user', typed: first.typed, customer: first.customer, near: [] };
}

function sayNearCustomer(findings: readonly Extract<ReadingFinding, { kind: 'no-customer' }>[]): Finding | undefined {
  for (const { typed, near } of findings) {
    const choices = near();
    if (choices.length > 0) return { kind: 'no-customer', typed, near: choices.slice(0, mostChoices) };
  }
  return undefined;
}

function keyOf({ customer, user }: Target): string {
  return `${customer.id}/${user.id}`;
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item] as const)).values()].toReversed();
}
