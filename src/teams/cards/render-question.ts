import template from '../../../cards/question.json' with { type: 'json' };
import type { Asks, OpenQuestion } from '../../reset/questions/question.ts';
import { buttons } from '../texts/buttons.ts';
import { questionTexts } from '../texts/question-texts.ts';
import type { Card } from './card.ts';
import { choicesOf } from './choices-of.ts';
import { cleanName } from './clean-name.ts';
import { createCard } from './create-card.ts';
import { macroTime } from './macro-time.ts';
import { renderQuestionOver } from './render-question-over.ts';
import { sayTime } from './say-time.ts';
import { verbs } from './verbs.ts';

const bind = createCard('question', template);

/**
 * The card `which-customer` or `which-user` as its question stands at `now` (milliseconds since 1970 in UTC). Its buttons
 * carry the id of the question and nothing else; nothing is chosen beforehand.
 */
export function renderQuestion(question: OpenQuestion, now: number): Card {
  switch (question.state) {
    case 'open':
      return now < question.expiresAt ? bindQuestion(question) : renderQuestionOver(question);
    case 'chosen':
    case 'answered':
      return bindQuestion(question);
    case 'closed':
    case 'cancelled':
    case 'expired':
      return renderQuestionOver(question);
  }
}

function bindQuestion({ id, state, asks, choices, expiresAt }: OpenQuestion): Card {
  const texts = questionTexts;
  const [first] = choices;
  const about = first?.kind ?? 'customer';
  const where = first?.kind === 'user' ? first.target.customer : undefined;
  const at = where === undefined ? '' : `${cleanName(where.name)} (${cleanName(where.domain)})`;
  const isNear = asks.kind.startsWith('near-');
  const guess = isNear ? [choices.length === 1 ? texts.near.one : texts.near.several] : [];
  const isOpen = state === 'open';
  return bind({
    id: about === 'customer' ? 'which-customer' : 'which-user',
    heading: texts.heading[about],
    says: [saysOf(asks.kind, choices.length)(cleanName(asks.typed), at), ...guess].join(' '),
    asks: isOpen,
    label: texts.label[about],
    missing: texts.missing,
    choices: choicesOf(choices),
    hasMore: asks.more > 0,
    more: texts.more[about](asks.more.toLocaleString('en-GB')),
    note: texts.note,
    openUntilLabel: texts.openUntil,
    openUntilMacro: macroTime(expiresAt),
    openUntil: sayTime(expiresAt),
    works: !isOpen,
    working: texts.looking,
    workingNext: texts.lookingNext,
    question: id,
    chooseTitle: buttons.choose,
    chooseVerb: verbs.choose,
    cancelTitle: buttons.cancel,
    cancelVerb: verbs.cancelQuestion,
  });
}

function saysOf(kind: Asks['kind'], count: number): (typed: string, where: string) => string {
  return kind === 'which-user' && count === 1 ? questionTexts.oneUser : questionTexts.says[kind];
}
