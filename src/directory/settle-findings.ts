import type { Finding, Reading, Target } from '../reset/index.ts';
import type { ReadingFinding } from './find-reading.ts';
import { sayNobody } from './say-nobody.ts';

/**
 * Joins the findings of all readings of a sentence, the most plausible first. Every reading that means a user counts. The
 * user is found only if all these readings mean the same one; otherwise the finding is a question with all of them.
 */
export function settleFindings(findings: readonly ReadingFinding[], readings: readonly Reading[]): Finding {
  const found = findings.filter((finding) => finding.kind === 'found');
  const whichUser = findings.filter((finding) => finding.kind === 'which-user');
  const whichCustomer = findings.filter((finding) => finding.kind === 'which-customer');
  const people = distinct(
    [...found.map(({ target }) => target), ...whichUser.flatMap(({ choices }) => choices)],
    keyOf,
  );
  const [one] = found;
  const [customerChoice] = whichCustomer;
  if (one !== undefined && people.length === 1 && customerChoice === undefined) {
    const isTyped = found.some(({ customerInferred }) => customerInferred === false);
    const isOfAddress = found.some(({ customerInferred }) => customerInferred === 'address');
    return {
      kind: 'found',
      target: one.target,
      customerInferred: isTyped ? false : isOfAddress ? 'address' : 'context',
    };
  }
  if (customerChoice !== undefined && people.length < 2) {
    const named = people.map(({ customer }) => customer);
    const others = whichCustomer.flatMap(({ choices }) => choices);
    const choices = distinct([...named, ...others], ({ id }) => id);
    return { kind: 'which-customer', typed: customerChoice.typed, choices };
  }
  const [first] = people;
  if (first !== undefined) {
    return { kind: 'which-user', typed: whichUser[0]?.typed ?? first.user.displayName, choices: people };
  }
  return sayNobody(findings, readings);
}

function keyOf({ customer, user }: Target): string {
  return `${customer.id}/${user.id}`;
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item] as const)).values()].toReversed();
}
