import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Secret } from '../../../src/base/secret.ts';
import type { Choice, OpenQuestion } from '../../../src/reset/questions/question.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { renderApproval } from '../../../src/teams/cards/approval.ts';
import type { Card, Json } from '../../../src/teams/cards/card-template.ts';
import { renderRequestCard } from '../../../src/teams/cards/confirmation.ts';
import { renderDirectMessage } from '../../../src/teams/cards/direct-message.ts';
import { renderOutcome } from '../../../src/teams/cards/outcome.ts';
import { renderQuestion } from '../../../src/teams/cards/question.ts';
import { buildOpenQuestion } from '../../support/build-open-question.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { asText, cardProblems, walkCard } from '../../support/card-inspection.ts';

/** What a client would make a macro, a link, a mention or Markdown of. */
const hostile = /\{\{|[\p{Cc}\p{Cf}]|[*`[\]\\~|<>]|:\/\/|^[#+=-]|^\d+[.)]|&#?\w+;/u;
const tricks = [
  '[click](https://evil.example)',
  '**bold** _it_ # h',
  '<at>Everyone</at>',
  '${password}',
  '${$root.password}',
  '{{DATE(2020-01-01T00:00:00Z)}}',
  '{{TIME(2020-01-01T00:00:00Z)}}',
  '\u202Egnp.exe',
  '"},{"type":"Action.OpenUrl"',
  '<img src=x onerror=alert(1)>',
  '`${1+1}`',
  '\u0000\u001B[31m',
  'محمد',
  'x'.repeat(10_000),
];
/** Any code point there is, halves of pairs too. */
const anything = fc.nat({ max: 0x10_ffff }).map((code) => String.fromCodePoint(code));
const name = fc.oneof(
  fc.string({ unit: anything, maxLength: 200 }),
  fc.array(fc.constantFrom(...tricks), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' ')),
);
const names = fc.record({ display: name, upn: name, customer: name, domain: name, by: name, says: name, role: name });
type Names = { display: string; upn: string; customer: string; domain: string; by: string; says: string; role: string };

function requestOf(given: Names): ResetRequest {
  const base = buildResetRequest();
  return {
    ...base,
    technician: { ...base.technician, name: given.by, userPrincipalName: given.by },
    target: {
      customer: { ...base.target.customer, name: given.customer, domain: given.domain },
      user: {
        ...base.target.user,
        displayName: given.display,
        userPrincipalName: given.upn,
        roles: [{ id: 'administrator', name: given.role }],
      },
    },
    proof: { verification: given.says, ticket: given.says },
    refusal: {
      kind: 'partner-center',
      trouble: {
        code: 'x',
        signInCode: undefined,
        httpStatus: 500,
        partnerCode: undefined,
        storedWording: { problem: given.says, advice: given.says },
      },
    },
  };
}

/** A question about two people and one about two customers of these names, or what is left of one. */
function questionOf(given: Names, kind: 'customer' | 'user', change: Partial<OpenQuestion> = {}): OpenQuestion {
  const { technician, target } = requestOf(given);
  const choices: readonly Choice[] = ['1', '2'].map((key) =>
    kind === 'user' ? { kind, key, target } : { kind, key, customer: target.customer },
  );
  const asks = { kind: kind === 'user' ? 'near-user' : 'near-customer', typed: given.says, more: 0 } as const;
  return buildOpenQuestion({ technician, choices, asks, ...change });
}

/** One sentence of warning, without its words. */
const warning = { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '' }], spacing: 'Small' };

const sizesOfAddress: ReadonlySet<unknown> = new Set(['Small', 'Medium']);

/** Seven names a card, seven cards: 20,090 names. */
const cardsEach = 410;
/** Microsoft's parser is slow, and what it reads is the same tree every time. */
const everyTenth = 10;

const cards: readonly (readonly [string, (request: ResetRequest) => Card])[] = [
  [
    'confirmation',
    (r) =>
      renderRequestCard(
        r,
        { verification: { required: true, methods: ['In person'] }, ticket: 'off', needsApproval: false },
        r.proposedAt,
      ),
  ],
  ['outcome', (r) => renderOutcome({ ...r, state: 'refused', endedAt: 1 })],
  [
    'approval',
    (r) => {
      const approval = {
        askedAt: 1,
        approveBy: 2,
        places: [],
        putOff: 0,
        decision: undefined,
        isShown: false,
        isTold: false,
      };
      return renderApproval({ ...r, state: 'awaiting-approval', approval }, 1);
    },
  ],
  [
    'direct message',
    (r) =>
      renderDirectMessage({ ...r, state: 'delivered', hideAt: 1 }, new Secret('CANARY-fuzz-1'), {
        delivery: 'message',
        showPasswordForMinutes: 15,
        spellAloud: () => ({ how: 'a', lines: [{ label: 'a', said: 'b' }] }),
      }),
  ],
];

describe.each(cards)('with any names, the %s', (_name, render) => {
  const plain = requestOf({ display: 'a', upn: 'b', customer: 'c', domain: 'd', by: 'e', says: 'f', role: 'g' });
  const shape = shapeOf(render(plain));
  const held = passwords(render(plain));
  let looked = 0;

  it('has the same tree, no link and no mention, and evaluates nothing', () => {
    fc.assert(
      fc.property(names, (given) => {
        const card = render(requestOf(given));
        expectShape(card, shape);
        if ((looked += 1) % everyTenth === 0) expect(cardProblems(card)).toEqual([]);
        const runs = walkCard(card).filter(({ type, id }) => type === 'TextRun' && id !== 'password');
        expect(runs.filter(({ text }) => /\{\{|[\p{Cc}\p{Cf}]/u.test(withoutOwnTimes(asText(text))))).toEqual([]);
        expect(card.fallbackText).not.toMatch(hostile);
        expect(passwords(card)).toBe(held);
      }),
      { numRuns: cardsEach },
    );
  });
});

/** Comparing by Jest takes long, so it is left to those that differ. */
function expectShape(card: Card, shape: unknown): void {
  const found = shapeOf(card);
  if (!isDeepStrictEqual(found, shape)) expect(found).toEqual(shape);
}

/** Times that a card shows in the reader's own; no name of these tests holds one in this form. */
function withoutOwnTimes(text: string): string {
  const instant = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
  return text.replaceAll(new RegExp(String.raw`\{\{DATE\((${instant}), SHORT\)\}\} \{\{TIME\(\1\)\}\}`, 'g'), 'a time');
}

function passwords(card: Card): number {
  return JSON.stringify(card).split('CANARY').length - 1;
}

/**
 * A card without the texts and titles that people's names stand in, without the size of a text, which is small for a long address, and
 * without the warnings, whose number depends on the names.
 */
function shapeOf(node: Card | Json | undefined): unknown {
  if (isList(node)) {
    return node.map(shapeOf).filter((part) => JSON.stringify(part) !== JSON.stringify(warning));
  }
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      const isName =
        (node.type === 'TextRun' && (key === 'text' || (key === 'size' && sizesOfAddress.has(value)))) ||
        (node.value !== undefined && key === 'title') ||
        key === 'fallbackText';
      return [key, isName ? '' : shapeOf(value)];
    }),
  );
}

function isList(node: Card | Json | undefined): node is readonly Json[] {
  return Array.isArray(node);
}

const asked = Date.UTC(2026, 6, 1, 8);
const shown: readonly (readonly [string, (given: Names) => Card])[] = [
  ['which customer', (given) => renderQuestion(questionOf(given, 'customer'), asked)],
  ['which user', (given) => renderQuestion(questionOf(given, 'user'), asked)],
  [
    'question of which nothing came',
    (given) => {
      const { target } = requestOf(given);
      return renderQuestion(
        questionOf(given, 'user', { state: 'closed', closing: { kind: 'changed', target } }),
        asked,
      );
    },
  ],
];

describe.each(shown)('with any names, the card %s', (_name, render) => {
  const shape = shapeOf(render({ display: 'a', upn: 'b', customer: 'c', domain: 'd', by: 'e', says: 'f', role: 'g' }));

  let looked = 0;

  it('has the same tree, the same opaque values, and no Markdown, link or mention in a title', () => {
    fc.assert(
      fc.property(names, (given) => {
        const card = render(given);
        expectShape(card, shape);
        if ((looked += 1) % everyTenth === 0) expect(cardProblems(card)).toEqual([]);
        const runs = walkCard(card).filter(({ type }) => type === 'TextRun');
        expect(runs.filter(({ text }) => /\{\{|[\p{Cc}\p{Cf}]/u.test(withoutOwnTimes(asText(text))))).toEqual([]);
        expect(card.fallbackText).not.toMatch(hostile);
        for (const title of titlesOf(card)) {
          expect(title).not.toMatch(hostile);
          expect(title.length).toBeGreaterThan(3);
        }
      }),
      { numRuns: cardsEach },
    );
  });
});

function titlesOf(card: Card): readonly string[] {
  return walkCard(card).flatMap(({ title, value }) => (value === undefined ? [] : [asText(title)]));
}
