import { describe, expect, it } from '@jest/globals';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { createFindOwedNote } from '../../../src/reset/tickets/ticket-notes.ts';
import { describeTicketNote } from '../../../src/texts/ticket-notes.ts';
import { buildFullResetRequest } from '../../support/build-full-reset-request.ts';

const full = buildFullResetRequest();

const request: ResetRequest = {
  ...full,
  proof: { verification: 'In person', ticket: '4711' },
  attention: undefined,
  signOut: undefined,
};

const find = createFindOwedNote({ readNumber: (typed) => typed });

const outcome = (before: Partial<ResetRequest>, after: Partial<ResetRequest>) =>
  find({ ...request, ...before }, { ...request, ...after, version: request.version + 1 });

describe('a password that cannot be delivered', () => {
  const lost: readonly (readonly [string, Partial<ResetRequest>, Partial<ResetRequest>])[] = [
    ['was given up', { state: 'delivering', deliveredAt: undefined }, { state: 'hidden', hiddenAt: 9 }],
    [
      'was given up and may stand in a message',
      { state: 'delivering', deliveredAt: undefined },
      { state: 'delivered', deliveredAt: undefined, hideAt: 9, hiddenAt: undefined },
    ],
    [
      'stood behind a button that was not pressed',
      { state: 'delivered', deliveredAt: 5 },
      { state: 'delivered', deliveredAt: undefined, hideAt: 9, hiddenAt: undefined },
    ],
    [
      'cannot be opened',
      { state: 'needs-attention', endedAt: undefined },
      { state: 'needs-attention', endedAt: 9, hideAt: undefined, hiddenAt: undefined },
    ],
  ];

  it.each(lost)('is noted as undelivered, never as delivered, when it ends: it %s', (_how, before, after) => {
    const note = outcome(before, after);
    expect(note).toMatchObject({ outcome: 'undelivered', at: 9 });
    if (note !== undefined) expect(describeTicketNote(note)).toContain('could not deliver it to the technician');
  });

  it('that may be in force is noted as that', () => {
    const attention = { kind: 'unclear', trouble: undefined } as const;
    const note = outcome({ state: 'delivering', attention }, { state: 'hidden', hiddenAt: 9, attention });
    expect(note).toMatchObject({ outcome: 'undelivered', isUnclear: true });
    if (note !== undefined) expect(describeTicketNote(note)).toContain('may be in force');
  });

  it('has no second note when its messages are hidden, or when a person closes it', () => {
    expect(outcome({ state: 'delivered', deliveredAt: undefined }, { state: 'hidden' })).toBeUndefined();
    expect(outcome({ state: 'needs-attention', endedAt: 9 }, { state: 'hidden' })).toBeUndefined();
  });

  it('is not undelivered where it was delivered and is hidden', () => {
    expect(outcome({ state: 'delivered', deliveredAt: 5 }, { state: 'hidden', deliveredAt: 5 })).toBeUndefined();
  });
});

it('a note mentions nobody and turns no text around, and an address stays one', () => {
  const owed = outcome({ state: 'delivering', deliveredAt: undefined }, { state: 'delivered', deliveredAt: 9 });
  if (owed === undefined) throw new Error('no note');
  const name = '@everyone \u202Eevil\u202C [ID:0004711] $x <@U1> **b** {{DATE()}} www.evil.example';
  const text = describeTicketNote({
    ...owed,
    user: { ...owed.user, displayName: name, userPrincipalName: 'a.b@c.example' },
  });
  expect(text).toContain('a.b@c.example');
  expect(text).toContain('＠everyone');
  expect(text).not.toMatch(/www\.|\u202E|\[ID|<@|‹@|\*\*|\{\{/);
  expect(text).toMatch(/\nReference: [A-Z\d]{4}-[A-Z\d]{4}\nCorrelation id: .+\nId of this note: [\da-f-]{36}$/);
});
