import { describe, expect, it } from '@jest/globals';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { TicketFacts } from '../../../src/reset/ports/tickets.ts';
import { renderApproval } from '../../../src/teams/cards/approval.ts';
import { renderRequestCard } from '../../../src/teams/cards/confirmation.ts';
import { formatPrivateDetails } from '../../../src/texts/confirmation.ts';
import { describeCard } from '../../support/card-inspection.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const found: TicketFacts = {
  kind: 'found',
  named: '#4711',
  subject: 'CANARY-subject <b>[bold](x)</b> {{DATE(2026)}}',
  customer: 'CANARY-customer',
  contact: 'CANARY-contact',
  state: 'closed',
  concerns: ['closed', 'other-customer', 'other-contact'],
};
const sentences = [
  'The ticket is closed.',
  'The ticket is of another customer.',
  'The ticket was opened for somebody else than this person.',
];
const proof = {
  verification: { required: true, methods: ['In person'] },
  ticket: 'optional',
  needsApproval: false,
} as const;

function build(
  kind: 'personal' | 'channel',
  ticketFacts: TicketFacts,
  given: Partial<ResetRequest> = {},
): ResetRequest {
  const bare = buildResetRequest();
  return {
    ...bare,
    askedIn: { ...bare.askedIn, kind },
    stated: { verification: undefined, ticket: '#4711' },
    ticketFacts,
    ...given,
  };
}

function cardOf(request: ResetRequest): string {
  return JSON.stringify(renderRequestCard(request, proof, request.proposedAt));
}

describe('what a ticket says on the card', () => {
  it('stands in one row, and what does not fit among the warnings', () => {
    const card = cardOf(build('personal', found));
    expect(card).toContain('CANARY-customer · CANARY-contact · closed');
    expect(card).toContain('CANARY-subject');
    for (const sentence of sentences) expect(card).toContain(sentence);
    // Clients expand macros everywhere.
    expect(card).not.toContain('{{DATE(2026)');
  });

  it('shows nothing that stands in the ticket where others read along, and tells the requester alone', () => {
    const request = build('channel', found);
    const card = cardOf(request);
    expect(card).not.toContain('CANARY');
    for (const sentence of sentences) expect(card).toContain(sentence);
    expect(card).toContain('stands in your own chat with Locksmith: read it there');
    const details = formatPrivateDetails(request, undefined);
    expect(details).toContain('CANARY-customer · CANARY-contact · closed');
    for (const sentence of sentences) expect(details).toContain(sentence);
    expect(details).not.toMatch(/[<>]/);
  });

  it.each([
    [{ kind: 'missing', named: '#4711' }, 'There is no ticket of that number.'],
    [
      { kind: 'not-checked', named: '#4711', why: 'timeout' },
      'It could not be checked: the ticket system gave no answer',
    ],
  ] as const)('says so where there is nothing to show: %j', (facts, sentence) => {
    for (const kind of ['personal', 'channel'] as const) expect(cardOf(build(kind, facts))).toContain(sentence);
  });

  it('warns an approver, who may be asked because of it', () => {
    const at = Date.UTC(2026, 6, 1, 8);
    const approval = {
      askedAt: at,
      approveBy: at + 1,
      places: [],
      putOff: 0,
      decision: undefined,
      isShown: false,
      isTold: false,
    };
    const state = 'awaiting-approval';
    const shown = JSON.stringify(renderApproval(build('personal', found, { approval, state }), at));
    for (const sentence of sentences) expect(shown).toContain(sentence);
  });

  it('stands on the outcome too, as it may have been typed only when the button was pressed', () => {
    const over = build('personal', found, {
      state: 'refused',
      refusal: { kind: 'ticket-mismatch', concerns: ['other-customer'] },
      proof: { verification: 'In person', ticket: '#4711' },
    });
    const card = cardOf(over);
    expect(card).toContain('The ticket is of another customer.');
    expect(card).toContain('CANARY-customer');
  });

  it('tells what the ticket says from what Locksmith says of it', () => {
    const over = build('personal', found, { state: 'cancelled', proof: { verification: undefined, ticket: '#4711' } });
    const texts = describeCard(renderRequestCard(over, proof, over.proposedAt)).texts;
    const of = (label: string) => texts[texts.indexOf(label) + 1];
    expect(of('Ticket says')).toContain('CANARY-subject');
    expect(of('Ticket says')).not.toContain('The ticket');
    expect(of('Ticket check')).toBe(sentences.join(' '));
    expect(formatPrivateDetails(build('channel', found), undefined)).toContain(`Ticket check: ${sentences.join(' ')}`);
    const missing = build('personal', { kind: 'missing', named: '#4711' });
    const shown = describeCard(renderRequestCard(missing, proof, missing.proposedAt)).texts;
    expect(shown).not.toContain('Ticket says');
    expect(shown[shown.indexOf('Ticket check') + 1]).toBe('There is no such ticket.');
  });
});
