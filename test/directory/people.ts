import { asId, type CorrelationId, type CustomerId } from '../../src/base/ids.ts';
import type { PartnerDirectory } from '../../src/directory/directory.ts';
import type { Finding, FindOptions } from '../../src/reset/ports/partner-center.ts';
import { cleanText, english, readCommand } from '../../src/understanding/index.ts';
import type { FakeCustomer, FakeUser } from './fake-partner.ts';

export const correlationId = asId<CorrelationId>('8a53b025-d5be-4d98-ab20-229d1813de76');

/** An id that ends in a number. */
export function guid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export const customerId = (number: number): CustomerId => asId<CustomerId>(guid(number));

/** A user with this name; the address is made of it. */
export function person(number: number, name: string, nickname = name.toLowerCase().replaceAll(/[^a-z]+/g, '.')) {
  const [firstName = '', ...rest] = name.split(' ');
  const user: FakeUser = {
    id: guid(number),
    displayName: name,
    firstName,
    lastName: rest.join(' '),
    userPrincipalName: `${nickname}@contoso.example`,
  };
  return user;
}

export function contoso(...users: FakeUser[]): FakeCustomer {
  return { id: guid(1), name: 'Contoso', domain: 'contoso.example', users };
}

/** Asks for a user of a customer, by what was typed of each: both are quoted, so that every word is a part of the name. */
export function ask(
  directory: PartnerDirectory,
  user: string,
  customer?: string,
  options?: Partial<FindOptions>,
): Promise<Finding> {
  const quote = (name: string): string => (name.includes('"') ? name : `"${name}"`);
  const place = customer === undefined ? '' : ` at ${quote(customer)}`;
  return directory.find({ text: `reset password for ${quote(user)}${place}` }, correlationId, options);
}

/** What is found by a message as it was typed. Throws where the message is another command. */
export function findBy(directory: PartnerDirectory, typed: string, options?: Partial<FindOptions>): Promise<Finding> {
  const command = readCommand(cleanText(typed, []), english);
  if (command.kind !== 'sentence') throw new Error(`“${typed}” is ${command.kind}`);
  return directory.find({ text: command.text }, correlationId, options);
}

/** A finding in a line: its kind, and whom it names. */
export function say(finding: Finding): string {
  switch (finding.kind) {
    case 'found':
      return `found ${finding.target.user.displayName} at ${finding.target.customer.name}`;
    case 'which-user':
      return `which-user ${finding.choices.map(({ user }) => user.userPrincipalName).join(' ')}`;
    case 'which-customer':
      return `which-customer ${finding.choices.map(({ domain }) => domain).join(' ')}`;
    case 'no-user':
      return ['no-user', ...finding.near.map(({ displayName }) => displayName)].join(', ');
    case 'no-customer':
      return ['no-customer', ...finding.near.map(({ name }) => name)].join(', ');
    case 'unknown-domain': {
      const { typed, elsewhere, near } = finding;
      return ['unknown-domain', typed, ...(elsewhere ? ['elsewhere'] : []), ...near.map(({ name }) => name)].join(', ');
    }
    case 'customer-missing':
      return 'customer-missing';
    case 'not-a-reset':
      return `not-a-reset ${finding.why}`;
    case 'trouble':
      return `trouble ${finding.trouble.code}`;
  }
}
