import type { Asks, Choice } from '../questions/open-question.ts';
import type { Finding } from '../ports/finding.ts';
import type { Customer, Target } from '../people/target.ts';

const mostChoices = 6;

/**
 * What can be asked back with choices, the best first, and how many more there are; undefined where a finding leaves
 * nothing to choose from.
 */
export function readAsks(
  finding: Exclude<Finding, { kind: 'found' }>,
  newKey: () => string,
): { readonly asks: Asks; readonly choices: readonly Choice[] } | undefined {
  switch (finding.kind) {
    case 'which-customer':
      return ask('which-customer', finding.typed, finding.choices.map(chooseCustomer));
    case 'no-customer':
      return ask('near-customer', finding.typed, finding.near.map(chooseCustomer), finding.more);
    case 'unknown-domain':
      return ask('near-domain', finding.typed, finding.near.map(chooseCustomer), finding.more);
    case 'which-user':
      return ask('which-user', finding.typed, finding.choices.map(chooseUser));
    case 'no-user': {
      const { customer, near } = finding;
      return ask(
        'near-user',
        finding.typed,
        near.map((user) => chooseUser({ customer, user })),
        finding.more,
      );
    }
    case 'customer-missing':
    case 'trouble':
      return undefined;
  }

  function chooseCustomer(customer: Customer): Choice {
    return { kind: 'customer', key: newKey(), customer };
  }

  function chooseUser(target: Target): Choice {
    return { kind: 'user', key: newKey(), target };
  }
}

function ask(kind: Asks['kind'], typed: string, all: readonly Choice[], uncounted = 0) {
  if (all.length === 0) return undefined;
  const choices = all.slice(0, mostChoices);
  return { asks: { kind, typed, more: all.length - choices.length + uncounted }, choices };
}
