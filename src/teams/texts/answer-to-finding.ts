import type { CorrelationId } from '../../ids.ts';
import type { PartnerTrouble } from '../../reset/partner-trouble.ts';
import type { Finding } from '../../reset/ports.ts';
import type { Customer, CustomerUser, Target } from '../../reset/target.ts';
import { example } from './example.ts';
import { plainName } from './plain-name.ts';

/** Asks back where a sentence does not mean exactly one person. Plain text; names in it are cleaned. */
export function answerToFinding(finding: Exclude<Finding, { kind: 'found' }>, correlationId: CorrelationId): string {
  switch (finding.kind) {
    case 'customer-missing':
      return `At which customer is that? Say it like this: ${example}. A full address is enough, too.`;
    case 'no-customer':
      return finding.near.length === 0
        ? `I know no customer “${plainName(finding.typed)}”. Try its domain or tenant id.`
        : lines(
            `I know no customer “${plainName(finding.typed)}”. Did you mean:`,
            finding.near.map(nameCustomer),
            again,
          );
    case 'which-customer':
      return lines(
        `Several customers fit “${plainName(finding.typed)}”. I never pick one myself:`,
        finding.choices.map(nameCustomer),
        'Ask again with the domain or the tenant id.',
      );
    case 'no-user': {
      const nobody = `There is no “${plainName(finding.typed)}” at ${plainName(finding.customer.name)} (${plainName(finding.customer.domain)}).`;
      return finding.near.length === 0
        ? `${nobody} Try the full address, such as jane.doe@${plainName(finding.customer.domain)}.`
        : lines(`${nobody} Did you mean:`, finding.near.map(nameUser), again);
    }
    case 'which-user':
      return lines(
        `Several people fit “${plainName(finding.typed)}”. I never pick one myself:`,
        finding.choices.map(nameTarget),
        'Ask again with the full address.',
      );
    case 'trouble':
      return answerToTrouble(finding.trouble, correlationId);
  }
}

const again = 'Ask again with the one you mean.';

function answerToTrouble({ says, next }: PartnerTrouble, correlationId: CorrelationId): string {
  return `${plainName(says, 600)} Nothing was changed. ${plainName(next, 600)} (Reference: ${correlationId})`;
}

function nameCustomer({ name, domain, id }: Customer): string {
  return `${plainName(name)}, ${plainName(domain)}, tenant ${plainName(id)}`;
}

function nameUser({ displayName, userPrincipalName }: CustomerUser): string {
  return `${plainName(displayName)}, ${plainName(userPrincipalName)}`;
}

function nameTarget({ customer, user }: Target): string {
  return `${nameUser(user)}, at ${plainName(customer.name)} (${plainName(customer.domain)})`;
}

function lines(first: string, choices: readonly string[], last: string): string {
  return [first, ...choices.map((choice) => `• ${choice}`), last].join('\n');
}
