import { expect, it } from '@jest/globals';
import { concernsOf } from '../../../src/reset/ports/tickets.ts';
import { readTicketFacts } from '../../../src/reset/tickets/ticket-check.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const { target } = buildResetRequest();

it.each([
  ['Contoso Ltd', 'Contoso', false],
  ['Contoso', 'The Contoso, Limited.', false],
  ['Contoso Ltd', 'CONTOSO LIMITED', false],
  ['Contoso GmbH & Co. KG', 'contoso gmbh & co kg', false],
  ['Müller S.A.', 'Muller SA', false],
  ['Contoso & Sons', 'Contoso and Sons', false],
  ['Müller Straßenbau', 'Mueller Strassenbau', false],
  ['Møller', 'Moeller', false],
  ['Contoso B. V.', 'Contoso BV', false],
  ['Contoso A/S', 'Contoso', false],
  ['Contoso', 'contosobikes.example', false],
  ['Contoso', 'www.ContosoBikes.example', false],
  ['Contoso', 'northwind.example', true],
  ['Contoso B. V.', 'Contoso A/S', true],
  // Two customers of one partner may differ by nothing else.
  ['Contoso Ltd', 'Contoso GmbH', true],
  ['Contoso Inc', 'Contoso LLC', true],
  ['Contoso', 'Contoso Bikes', true],
  ['Contoso Bikes', 'Contoso-Bikes', false],
  ['!!!', '???', true],
  ['!!!', '!!!', false],
] as const)('a customer “%s” and a ticket of the company “%s”: another customer is %s', (own, named, isOther) => {
  const facts = readTicketFacts(
    {
      named: '4711',
      lookUp: {
        kind: 'found',
        ticket: {
          number: '4711',
          subject: '',
          state: 'open',
          company: { name: named, tenantIds: [], domains: [] },
          contact: undefined,
        },
      },
    },
    { ...target, customer: { ...target.customer, name: own } },
  );
  expect(concernsOf(facts).includes('other-customer')).toBe(isOther);
});
