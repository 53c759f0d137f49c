import type { CorrelationId } from '../base/index.ts';
import type { Asks, Customer, CustomerUser, Finding, PartnerTrouble, Target } from '../reset/index.ts';
import { exampleSentence } from './chat-replies.ts';
import { sanitizePlainText } from './formatting.ts';
import { describePartnerTrouble } from './partner-center-failures.ts';

/** The card that asks which customer or which person, and what it says when it is over. */
export const questionTexts = {
  heading: { customer: 'Which customer?', user: 'Which person?' },
  says: {
    'which-customer': (typed: string) => `Several customers fit “${typed}”.`,
    'near-customer': (typed: string) => `I know no customer “${typed}”.`,
    'near-domain': (typed: string) => `I do not know whose domain “${typed}” is.`,
    'which-user': (typed: string) => `Several people fit “${typed}”.`,
    'near-user': (typed: string, where: string) => `There is no “${typed}” at ${where}.`,
  } satisfies Record<Asks['kind'], (typed: string, where: string) => string>,
  /** One person, where words of the sentence may belong to another name. */
  oneUser: (typed: string) => `I am not sure that “${typed}” is all of what you typed. Is it this person?`,
  /** Why the choices are not all. */
  more: {
    customer: (count: string) => `… and ${count} more: ask again with the domain or the tenant id of the one you mean.`,
    user: (count: string) => `… and ${count} more: ask again with the full address of the one you mean.`,
  },
  near: { one: 'Did you mean this one?', several: 'Did you mean one of these?' },
  label: { customer: 'Choose the customer', user: 'Choose the person' },
  missing: 'Choose one first, or press Cancel.',
  note: 'I never pick one myself. Choosing does not reset anything yet.',
  openUntil: 'Open until',
  tenant: (id: string) => `tenant ${id}`,
  state: { active: 'active', deleted: 'deleted', unknown: 'state unknown' },
  looking: 'Looking them up…',
  lookingNext: 'This card will show what I find. Nothing has been changed.',
  cancelled: {
    heading: 'Cancelled: nothing was changed',
    says: 'The question was taken back before anybody was chosen.',
    next: 'Ask again if it is needed after all.',
  },
  expired: {
    heading: 'Expired: nothing was changed',
    says: 'Nobody chose in time.',
    next: 'Ask again if it is still needed.',
  },
  closed: 'Not reset: nothing was changed',
  gone: (person: string, customer: string) => ({
    says: `${person} is not at ${customer} any more.`,
    next: 'Check the name or the address, and ask again.',
  }),
  changed: (person: string, address: string) => ({
    says: `That account has been changed since the question was asked. It is now called ${person} (${address}).`,
    next: 'Ask again with that address if this is the person you mean.',
  }),
  nobody: (typed: string, customer: string, domain: string) => ({
    says: `There is no “${typed}” at ${customer} (${domain}).`,
    next: `Ask again with the full address, such as jane.doe@${domain}.`,
  }),
  customerGone: (customer: string) => ({
    says: `${customer} cannot be found among your customers any more.`,
    next: 'Ask again with the domain or the tenant id.',
  }),
  answeredElsewhere: {
    says: 'This was answered by another card.',
    next: 'Go on there, or ask again.',
  },
} as const;

/** Asks back where a sentence does not mean exactly one person. Plain text; names in it are cleaned. */
export function formatFinding(finding: Exclude<Finding, { kind: 'found' }>, correlationId: CorrelationId): string {
  switch (finding.kind) {
    case 'customer-missing':
      return `At which customer is ${finding.typed === '' ? 'that' : `“${sanitizePlainText(finding.typed)}”`}? Ask again with “at” and the customer’s name, domain or tenant id, like this: ${exampleSentence}. A full address is enough, too.`;
    case 'no-customer':
      return finding.near.length === 0
        ? `I know no customer “${sanitizePlainText(finding.typed)}”. Try its domain or tenant id.`
        : formatChoiceList(
            `I know no customer “${sanitizePlainText(finding.typed)}”. Did you mean:`,
            finding.near.map(formatCustomer),
            askAgain,
            finding.more,
          );
    case 'unknown-domain': {
      const unknown = formatUnknownDomain(finding);
      return finding.near.length === 0
        ? `${unknown} Check it for a typing error, or name the customer, like this: ${exampleSentence}. Its onmicrosoft.com domain or its tenant id will do, too.`
        : formatChoiceList(`${unknown} Did you mean:`, finding.near.map(formatCustomer), askAgain, finding.more);
    }
    case 'which-customer':
      return formatChoiceList(
        `Several customers fit “${sanitizePlainText(finding.typed)}”. I never pick one myself:`,
        finding.choices.slice(0, mostShown).map(formatCustomer),
        'Ask again with the domain or the tenant id.',
        finding.choices.length - mostShown,
      );
    case 'no-user': {
      const ofContext = finding.customerInferred === 'context';
      const where = `${sanitizePlainText(finding.customer.name)} (${sanitizePlainText(finding.customer.domain)})`;
      const nobody = `There is no “${sanitizePlainText(finding.typed)}” at ${where}${ofContext ? ', the customer of your last reset here' : ''}.`;
      const elsewhere = ofContext ? ' If you mean another customer, add “at” and its name, domain or tenant id.' : '';
      return finding.near.length === 0
        ? `${nobody} Try the full address, such as jane.doe@${sanitizePlainText(finding.customer.domain)}.${elsewhere}`
        : formatChoiceList(
            `${nobody} Did you mean:`,
            finding.near.map(formatUser),
            `${askAgain}${elsewhere}`,
            finding.more,
          );
    }
    case 'which-user':
      return formatChoiceList(
        `Several people fit “${sanitizePlainText(finding.typed)}”. I never pick one myself:`,
        finding.choices.slice(0, mostShown).map(formatTarget),
        'Ask again with the full address.',
        finding.choices.length - mostShown,
      );
    case 'trouble':
      return formatTrouble(finding.trouble, correlationId);
  }
}

const mostShown = 6;
const askAgain = 'Ask again with the one you mean.';

function formatTrouble(trouble: PartnerTrouble, correlationId: CorrelationId): string {
  const { problem, advice } = describePartnerTrouble(trouble);
  return `${sanitizePlainText(problem, 600)} Nothing was changed. ${sanitizePlainText(advice, 600)} (Reference: ${correlationId})`;
}

function formatCustomer({ name, domain, id }: Customer): string {
  return `${sanitizePlainText(name)}, ${sanitizePlainText(domain)}, tenant ${sanitizePlainText(id)}`;
}

function formatUser({ displayName, userPrincipalName }: CustomerUser): string {
  return `${sanitizePlainText(displayName)}, ${sanitizePlainText(userPrincipalName)}`;
}

function formatTarget({ customer, user }: Target): string {
  return `${formatUser(user)}, at ${sanitizePlainText(customer.name)} (${sanitizePlainText(customer.domain)})`;
}

function formatUnknownDomain({ typed, elsewhere }: Extract<Finding, { kind: 'unknown-domain' }>): string {
  const domain = `“${sanitizePlainText(typed)}”`;
  return elsewhere
    ? `The domain ${domain} belongs to an organisation that is none of your customers in Partner Center.`
    : `I do not know whose domain ${domain} is.`;
}

function formatChoiceList(first: string, choices: readonly string[], last: string, more: number): string {
  const others = more > 0 ? [`• and ${more.toLocaleString('en-GB')} more`] : [];
  return [first, ...choices.map((choice) => `• ${choice}`), ...others, last].join('\n');
}
