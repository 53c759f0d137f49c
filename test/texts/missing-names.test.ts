import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId } from '../../src/base/ids.ts';
import type { Customer, CustomerUser } from '../../src/reset/index.ts';
import { renderRequestCard } from '../../src/teams/cards/confirmation.ts';
import { renderOutcome } from '../../src/teams/cards/outcome.ts';
import { formatFinding } from '../../src/texts/search-results.ts';
import { formatAddress, formatCustomer, formatCustomerName, sanitizeName } from '../../src/texts/formatting.ts';
import { describeClosing } from '../../src/texts/questions.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';

const id = asId<CustomerId>('b44bb1fb-c595-45b0-9e09-d657365580bf');
const nameless: Customer = { id, name: 'Contoso', domain: '' };
const request = buildResetRequest();
const user: CustomerUser = { ...request.target.user, userPrincipalName: '' };
const target = { customer: nameless, user };

describe('a customer without a domain, or a user without an address', () => {
  it('is said to have none, and never to have no name', () => {
    const finding = { kind: 'no-user', typed: 'jane', customer: nameless, customerInferred: false, more: 0 } as const;
    const shown = [
      formatCustomer(nameless),
      formatCustomerName(nameless, sanitizeName),
      formatFinding({ ...finding, near: [user] }, request.correlationId),
      formatFinding({ ...finding, near: [] }, request.correlationId),
      formatFinding({ kind: 'which-customer', typed: 'c', choices: [nameless], people: [] }, request.correlationId),
      JSON.stringify(describeClosing({ kind: 'nobody', typed: 'jane', customer: nameless })),
      JSON.stringify(describeClosing({ kind: 'changed', target })),
    ];
    for (const text of shown) {
      expect(text).not.toContain('(no name)');
      expect(text).not.toContain('jane.doe@(');
      expect(text).not.toMatch(/\(\)|, ,|@\./);
    }
    expect(formatCustomer(nameless)).toBe(`Contoso, (no domain), tenant ${id}`);
    expect(formatCustomerName(nameless, sanitizeName)).toBe('Contoso (no domain)');
    expect(formatAddress('', sanitizeName)).toBe('(no address)');
  });

  it.each(['', ' ', '\u200B'])('is said so where all there is cannot be seen (%j)', (domain) => {
    expect(formatCustomerName({ name: 'Contoso', domain }, sanitizeName)).toBe('Contoso (no domain)');
  });

  it('still is without a name where the name is missing', () => {
    expect(formatCustomerName({ name: '', domain: 'contoso.com' }, sanitizeName)).toBe('(no name) (contoso.com)');
  });

  it('is said so on the cards', () => {
    const proof = { verification: { required: false, methods: [] }, ticket: 'off', needsApproval: false } as const;
    const cards = [
      renderRequestCard({ ...request, target }, proof, request.proposedAt),
      renderOutcome({ ...request, target, state: 'refused', refusal: { kind: 'guest' } }),
    ].map((card) => JSON.stringify(card));
    for (const card of cards) expect(card).not.toContain('(no name)');
    expect(cards.join('')).toContain('(no domain)');
    expect(cards.join('')).toContain('(no address)');
  });
});
