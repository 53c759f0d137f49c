import type { CorrelationId } from '../../ids.ts';
import type { Finding } from '../../reset/ports/partner-center.ts';
import type { PartnerTrouble } from '../../reset/refusal.ts';
import type { Customer, CustomerUser, Target } from '../../reset/target.ts';
import { example } from './example.ts';
import { plainName } from './plain-name.ts';

/** Asks back where a sentence does not mean exactly one person. Plain text; names in it are cleaned. */
export function answerToFinding(finding: Exclude<Finding, { kind: 'found' }>, correlationId: CorrelationId): string {
  switch (finding.kind) {
    case 'customer-missing':
      return `At which customer is ${finding.typed === '' ? 'that' : `“${plainName(finding.typed)}”`}? Ask again with “at” and the customer’s name, domain or tenant id, like this: ${example}. A full address is enough, too.`;
    case 'no-customer':
      return finding.near.length === 0
        ? `I know no customer “${plainName(finding.typed)}”. Try its domain or tenant id.`
        : lines(
            `I know no customer “${plainName(finding.typed)}”. Did you mean:`,
            finding.near.map(nameCustomer),
            again,
            finding.more,
          );
    case 'unknown-domain': {
      const unknown = sayUnknownDomain(finding);
      return finding.near.length === 0
        ? `${unknown} Check it for a typing error, or name the customer, like this: ${example}. Its onmicrosoft.com domain or its tenant id will do, too.`
        : lines(`${unknown} Did you mean:`, finding.near.map(nameCustomer), again, finding.more);
    }
    case 'which-customer':
      return lines(
        `Several customers fit “${plainName(finding.typed)}”. I never pick one myself:`,
        finding.choices.slice(0, mostShown).map(nameCustomer),
        'Ask again with the domain or the tenant id.',
        finding.choices.length - mostShown,
      );
    case 'no-user': {
      const ofContext = finding.customerInferred === 'context';
      const where = `${plainName(finding.customer.name)} (${plainName(finding.customer.domain)})`;
      const nobody = `There is no “${plainName(finding.typed)}” at ${where}${ofContext ? ', the customer of your last reset here' : ''}.`;
      const elsewhere = ofContext ? ' If you mean another customer, add “at” and its name, domain or tenant id.' : '';
      return finding.near.length === 0
        ? `${nobody} Try the full address, such as jane.doe@${plainName(finding.customer.domain)}.${elsewhere}`
        : lines(`${nobody} Did you mean:`, finding.near.map(nameUser), `${again}${elsewhere}`, finding.more);
    }
    case 'which-user':
      return lines(
        `Several people fit “${plainName(finding.typed)}”. I never pick one myself:`,
        finding.choices.slice(0, mostShown).map(nameTarget),
        'Ask again with the full address.',
        finding.choices.length - mostShown,
      );
    case 'trouble':
      return answerToTrouble(finding.trouble, correlationId);
  }
}

const mostShown = 6;
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

function sayUnknownDomain({ typed, elsewhere }: Extract<Finding, { kind: 'unknown-domain' }>): string {
  const domain = `“${plainName(typed)}”`;
  return elsewhere
    ? `The domain ${domain} belongs to an organisation that is none of your customers in Partner Center.`
    : `I do not know whose domain ${domain} is.`;
}

function lines(first: string, choices: readonly string[], last: string, more: number): string {
  const others = more > 0 ? [`• and ${more.toLocaleString('en-GB')} more`] : [];
  return [first, ...choices.map((choice) => `• ${choice}`), ...others, last].join('\n');
}
