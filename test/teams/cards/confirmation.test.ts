import { describe, expect, it } from '@jest/globals';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { states, type ResetState } from '../../../src/reset/states.ts';
import type { CustomerUser } from '../../../src/reset/target.ts';
import { renderRequestCard, type RequiredProof } from '../../../src/teams/cards/confirmation.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { describeCard } from '../../support/card-inspection.ts';

const proof = {
  verification: { required: true, methods: ['In person', 'Called back'] },
  ticket: 'optional',
  needsApproval: false,
} as const;
const request = buildResetRequest();
const { proposedAt, confirmBy } = request;

/** The card at the moment the request is proposed. */
function cardOf(at: ResetRequest, requiredProof: RequiredProof = proof) {
  return renderRequestCard(at, requiredProof, proposedAt);
}

function withUser(user: Partial<CustomerUser>): ResetRequest {
  return { ...request, target: { ...request.target, user: { ...request.target.user, ...user } } };
}

describe('the confirmation of a person whose roles could not be read', () => {
  const noCodes = { signInCode: undefined, httpStatus: undefined, partnerCode: undefined };

  it.each([
    ['missing-role', 'no role that allows this at this customer', 'GDAP'],
    ['conditional-access', 'Conditional Access policy', 'Ask the customer'],
    ['foreign-answer', 'Something other than Partner Center answered', 'Tell your Locksmith administrator'],
  ])('says why, and what to do: %s', (code, why, todo) => {
    const card = cardOf(withUser({ roles: 'unknown', rolesTrouble: { ...noCodes, code } }));
    const said = JSON.stringify(card);
    expect(said).toContain('It could not be read whether this person is an administrator:');
    expect(said).toContain(why);
    expect(said).toContain(todo);
  });

  it('says it without a reason where none is known', () => {
    expect(JSON.stringify(cardOf(withUser({ roles: 'unknown' })))).toContain(
      'It could not be read whether this person is an administrator."',
    );
  });
});

describe('the confirmation', () => {
  const seen = describeCard(cardOf(request));

  it('shows the customer, its domain and tenant id, the person, their address, and who asks', () => {
    expect(seen.id).toBe('confirmation');
    expect(seen.texts).toEqual(
      expect.arrayContaining([
        'Contoso Bikes',
        'contosobikes.example',
        'c5000000-0000-4000-8000-000000000001',
        'Ann Lee',
        'ann.lee@contosobikes.example',
        'Robin Sharp (robin@partner.example)',
      ]),
    );
  });

  it('has the two buttons, which carry the id of the request', () => {
    expect(seen.buttons).toEqual(['Reset password', 'Cancel']);
    expect(seen.verbs).toEqual(['reset', 'cancel']);
    expect(seen.data).toEqual([{ request: request.id }, { request: request.id }]);
  });

  it('asks how the caller was verified, with nothing chosen beforehand, and lets Cancel go without an answer', () => {
    expect(seen.part('verification')).toMatchObject({
      type: 'Input.ChoiceSet',
      isRequired: true,
      errorMessage: expect.any(String),
      choices: [
        { title: 'In person', value: 'In person' },
        { title: 'Called back', value: 'Called back' },
      ],
    });
    expect(seen.part('verification')).not.toHaveProperty('value');
    expect(cardOf(request).actions?.[1]).toMatchObject({ associatedInputs: 'none' });
  });

  it.each([
    ['required', { isRequired: true }],
    ['optional', { label: 'Ticket number (optional)' }],
  ] as const)('asks for a ticket that is %s', (ticket, expected) => {
    const { inputs, part } = describeCard(cardOf(request, { ...proof, ticket }));
    expect(inputs).toEqual(['verification', 'ticket']);
    expect(part('ticket')).toMatchObject({ type: 'Input.Text', ...expected });
  });

  it.each([
    [1, 'expanded'],
    [5, 'expanded'],
    [6, 'compact'],
  ])('shows %d ways to verify a caller as %s choices', (count, style) => {
    const methods = Array.from({ length: count }, (_, index) => `Way ${index}`);
    const { part } = describeCard(cardOf(request, { ...proof, verification: { required: true, methods } }));
    expect(part('verification')).toMatchObject({ style, wrap: true });
    expect(part('verification')?.choices).toHaveLength(count);
    expect(part('ticket')).toMatchObject({ type: 'Input.Text' });
  });

  it('has the button Ask for approval where a second person has to agree', () => {
    const { buttons, verbs } = describeCard(cardOf(request, { ...proof, needsApproval: true }));
    expect([buttons, verbs]).toEqual([
      ['Ask for approval', 'Cancel'],
      ['reset', 'cancel'],
    ]);
  });

  it('asks for nothing that the policy does not want', () => {
    const relaxed = { ...proof, verification: { required: false, methods: [] }, ticket: 'off' } as const;
    expect(describeCard(cardOf(request, relaxed)).inputs).toEqual([]);
    const voluntary = { ...proof, verification: { ...proof.verification, required: false } };
    expect(describeCard(cardOf(request, voluntary)).part('verification')).not.toHaveProperty('isRequired');
  });
});

describe('what makes a careful person stop', () => {
  it('is nothing for an ordinary person', () => {
    expect(describeCard(cardOf(request)).texts).not.toContain('Stop and look before you go on');
    expect(cardOf(request).actions?.[0]).toMatchObject({ style: 'positive' });
  });

  it.each([
    ['roles by name', withUser({ roles: [{ id: 'x', name: 'Global Administrator' }] }), /Administrator: Global Adm/],
    ['roles by today’s name', withUser({ roles: [{ id: 'x', name: 'Company Administrator' }] }), /: Global Adm/],
    ['roles that cannot be read', withUser({ roles: 'unknown' }), /could not be read whether .* administrator/],
    ['a synchronised account', withUser({ synchronised: true }), /local directory/],
    ['a federated account', withUser({ domainType: 'federated' }), /another service/],
    ['an unknown domain type', withUser({ domainType: 'unknown' }), /could not be read where/],
    ['a deleted account', withUser({ state: 'deleted' }), /deleted/],
    ['an unknown state', withUser({ state: 'unknown' }), /could not be read whether .* active/],
    [
      'a reset on the same day',
      { ...request, resetBefore: { at: Date.UTC(2026, 6, 1, 6, 30), by: 'Sam\u202e Field' } },
      /^Sam Field reset this person’s password on \{\{DATE\(2026-07-01T06:30:00Z, SHORT\)\}\} \{\{TIME\(2026-07-01T06:30:00Z\)\}\}, or may have\.$/,
    ],
    [
      'a reset on the same day that is certain',
      { ...request, resetBefore: { at: 0, by: 'Sam Field', isCertain: true as const } },
      /^Sam Field reset this person’s password on .*1970.*\}\}\.$/,
    ],
    ['an inferred customer', { ...request, customerInferred: 'context' as const }, /did not name the customer/],
    ['a name of mixed alphabets', withUser({ displayName: 'Ann L\u0435e' }), /name mixes alphabets/],
    ['an address of mixed alphabets', withUser({ userPrincipalName: '\u0430nn@x.example' }), /address mixes alphabets/],
    [
      'a customer of mixed alphabets',
      { ...request, target: { ...request.target, customer: { ...request.target.customer, name: '\u0421ontoso' } } },
      /Compare the tenant id/,
    ],
  ])('is said: %s', (_what, stopped, sentence) => {
    const card = cardOf(stopped);
    const { texts } = describeCard(card);
    expect(texts).toContain('Stop and look before you go on');
    expect(texts).toContainEqual(expect.stringMatching(sentence));
    expect(card.actions?.[0]).toMatchObject({ title: 'Reset password', style: 'destructive' });
  });

  it('does not count a harmless role', () => {
    const reader = [{ id: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', name: 'Directory Readers' }];
    expect(describeCard(cardOf(withUser({ roles: reader }))).texts).not.toContainEqual(
      expect.stringMatching(/^Administrator/),
    );
  });

  it('says calmly that a customer was told by the address, which is no reason to stop', () => {
    const { texts } = describeCard(cardOf({ ...request, customerInferred: 'address' }));
    expect(texts).toContain('You did not name it: the address tells it');
    expect(texts).not.toContain('Stop and look before you go on');
  });

  it('names six roles and counts the rest', () => {
    const roles = Array.from({ length: 9 }, (_, index) => ({ id: `role-${index}`, name: `Role ${index}` }));
    expect(describeCard(cardOf(withUser({ roles }))).texts).toContainEqual(
      expect.stringMatching(/Role 5, and 3 more\.$/),
    );
  });
});

it.each([[undefined], [null], [7], [['a']], [{ type: 'Action.OpenUrl' }], [{ toString: null }]])(
  'stays whole where a name is no text at all',
  (value: unknown) => {
    const hostile = withUser({});
    Reflect.set(hostile.target.user, 'displayName', value);
    const { texts } = describeCard(cardOf(hostile));
    expect(texts).toContain('(no name)');
    expect(texts.filter((text) => text.includes('[object'))).toEqual([]);
  },
);

/** Every state, and the card that shows it. */
const ids: readonly (readonly [ResetState, string])[] = [
  ['proposed', 'confirmation'],
  ['awaiting-approval', 'confirmation'],
  ['approved', 'confirmation'],
  ['message-open', 'confirmation'],
  ['sealed', 'confirmation'],
  ['resetting', 'confirmation'],
  ['reset', 'outcome-reset'],
  ['delivering', 'outcome-reset'],
  ['delivered', 'outcome-reset'],
  ['hidden', 'outcome-reset'],
  ['needs-attention', 'outcome-attention'],
  ['cancelled', 'outcome-cancelled'],
  ['declined', 'outcome-declined'],
  ['expired', 'outcome-expired'],
  ['refused', 'outcome-refused'],
];

describe('the card of a request', () => {
  it('is decided for every state', () => {
    expect(ids.map(([state]) => state).sort()).toEqual(Object.keys(states).sort());
  });

  it.each(ids)('that is %s is %s', (state, id) => {
    expect(describeCard(cardOf({ ...request, state })).id).toBe(id);
  });

  it('has inputs only while it is proposed, and after that no button but Cancel while it waits for approval', () => {
    for (const [state] of ids) {
      const { buttons, inputs } = describeCard(cardOf({ ...request, state }, { ...proof, ticket: 'off' }));
      const expected = { proposed: ['Reset password', 'Cancel'], 'awaiting-approval': ['Cancel'] };
      expect([state, buttons]).toEqual([state, Object.entries(expected).find(([name]) => name === state)?.[1] ?? []]);
      expect(inputs).toHaveLength(state === 'proposed' ? 1 : 0);
    }
    const confirmed = describeCard(
      renderRequestCard({ ...request, confirmedAt: proposedAt + 1 }, proof, proposedAt + 2),
    );
    expect([confirmed.id, confirmed.buttons]).toEqual(['confirmation', []]);
    expect(confirmed.texts).toContain('Working on it…');
  });

  it('is open until the very instant of its deadline', () => {
    expect(describeCard(renderRequestCard(request, proof, confirmBy - 1)).id).toBe('confirmation');
    expect(describeCard(renderRequestCard(request, proof, confirmBy)).id).toBe('outcome-expired');
  });

  it('stays marked as unclear after the password was delivered and hidden', () => {
    const attention = { kind: 'unclear', trouble: undefined } as const;
    for (const state of ['delivering', 'delivered', 'hidden'] as const) {
      expect(describeCard(cardOf({ ...request, state, attention })).id).toBe('outcome-attention');
    }
  });
});

describe('a confirmation whose sentence said more than the names', () => {
  const saying = (verification: string | undefined, ticket: string | undefined) => ({
    ...request,
    stated: { verification, ticket },
  });

  it('shows what was said and asks for none of it', () => {
    const card = describeCard(cardOf(saying('In person', '4711')));
    expect(card.texts).toEqual(expect.arrayContaining(['Caller verified', 'In person', 'Ticket', '4711']));
    expect(card.part('verification')).toBeUndefined();
    expect(card.part('ticket')).toBeUndefined();
    expect(card.buttons).toEqual(['Reset password', 'Cancel']);
  });

  it.each(['required', 'optional'] as const)('still asks for the rest, with a ticket that is %s', (ticket) => {
    const card = describeCard(cardOf(saying('In person', undefined), { ...proof, ticket }));
    expect(card.part('verification')).toBeUndefined();
    expect(card.part('ticket')).toMatchObject({ type: 'Input.Text' });
  });

  it('asks again for a method that the policy does not have any more', () => {
    const card = describeCard(cardOf(saying('By pigeon', '4711')));
    expect(card.part('verification')).toMatchObject({ type: 'Input.ChoiceSet', isRequired: true });
    expect(card.texts).not.toContain('By pigeon');
    expect(card.part('ticket')).toBeUndefined();
  });

  it('shows no ticket where the policy wants none', () => {
    expect(describeCard(cardOf(saying(undefined, '4711'), { ...proof, ticket: 'off' })).texts).not.toContain('4711');
  });
});
