import { describe, expect, it } from '@jest/globals';
import { renderHistory } from '../../../src/teams/cards/history.ts';
import { renderHome } from '../../../src/teams/cards/home.ts';
import { renderStatus } from '../../../src/teams/cards/status.ts';
import { formatCardTime } from '../../../src/texts/index.ts';
import { buildOpenQuestion } from '../../support/build-open-question.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

const view = { owner: 'o', from: 0 };
const request = buildResetRequest();
const waiting = buildResetRequest({ state: 'proposed' });
const delivered = buildResetRequest({
  state: 'delivered',
  resetAt: request.proposedAt + 60_000,
  deliveredAt: request.proposedAt + 61_000,
});

const status = (given: Partial<Parameters<typeof renderStatus>[0]>) =>
  JSON.stringify(
    renderStatus(
      {
        requests: [],
        questions: [],
        freezes: [],
        withheld: 0,
        reader: request.technician,
        mayThaw: false,
        references: new Map(),
        isShared: false,
        ...given,
      },
      view,
    ),
  );

describe('the card of what is open', () => {
  it('says how to take one back only where one can be taken back, with the mention where others read along', () => {
    expect(status({ requests: [waiting] })).toContain('type cancel and its reference');
    expect(status({ questions: [buildOpenQuestion()] })).toContain('type cancel and its reference');
    expect(status({ requests: [waiting], isShared: true })).toContain('type @Locksmith cancel and its reference');
    expect(status({ requests: [delivered] })).not.toContain('type cancel');
  });

  it('has a heading that is true of what is done, and is not closed', () => {
    expect(status({ requests: [delivered] })).toContain('"text":"Your resets that are not closed yet"');
    expect(status({ requests: [delivered] })).not.toContain('open resets');
  });

  it('tells of a suggestion no customer that was not chosen', () => {
    const [choice] = buildOpenQuestion().choices;
    if (choice?.kind !== 'user') throw new Error('the question has no person to choose');
    const { customer } = choice.target;
    const question = buildOpenQuestion({
      readings: [
        { user: 'adele vanse', customer: 'contosso biks' },
        { user: 'contosso biks', customer: 'adele vanse' },
      ],
      asks: { kind: 'near-customer', typed: 'contosso biks', more: 0 },
      choices: [{ kind: 'customer', key: 'choice-1', customer }],
    });
    expect(status({ questions: [question] })).toContain('“adele vanse” at “contosso biks”');
    expect(status({ questions: [question] })).not.toContain(customer.name);
  });
});

describe('the history', () => {
  it('shows of each reset when it was asked, as it says and is sorted; by its reference also when it was reset', () => {
    const history = {
      of: 'own',
      requests: [delivered],
      references: new Map(),
      from: 0,
      hasMore: false,
      isByReference: false,
      isCut: false,
      withheld: 0,
    } as const;
    const all = JSON.stringify(renderHistory(history, undefined, view));
    expect(all).toContain('The time is when each was asked, the latest first.');
    expect(all).toContain(formatCardTime(delivered.proposedAt));
    expect(all).not.toContain(formatCardTime(delivered.resetAt ?? 0));
    const one = JSON.stringify(renderHistory({ ...history, isByReference: true }, 'K7QM-3XWD', view));
    expect(one).toContain(`Reset: ${formatCardTime(delivered.resetAt ?? 0)}.`);
  });
});

it('the home card names the tour only where there is one', () => {
  expect(JSON.stringify(renderHome('Jo', 'reset', false, true))).toContain('or tour for more');
  expect(JSON.stringify(renderHome('Jo', 'reset', false))).not.toContain('tour');
});
