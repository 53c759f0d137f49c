import template from '../../../cards/question.json' with { type: 'json' };
import type { Asks, Choice, OpenQuestion } from '../../reset/index.ts';
import {
  buttons,
  formatChoiceTitle,
  formatMacroTime,
  formatTime,
  questionTexts,
  sanitizeName,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { type Card, compileCardTemplate } from './card-template.ts';
import { renderQuestionOver } from './question-over.ts';

const bind = compileCardTemplate('question', template);

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
  const at = where === undefined ? '' : `${sanitizeName(where.name)} (${sanitizeName(where.domain)})`;
  const isNear = asks.kind.startsWith('near-');
  const guess = isNear ? [choices.length === 1 ? texts.near.one : texts.near.several] : [];
  const isOpen = state === 'open';
  return bind({
    id: about === 'customer' ? 'which-customer' : 'which-user',
    heading: texts.heading[about],
    says: [findQuestionText(asks.kind, choices.length)(sanitizeName(asks.typed), at), ...guess].join(' '),
    asks: isOpen,
    label: texts.label[about],
    missing: texts.missing,
    choices: formatChoices(choices),
    hasMore: asks.more > 0,
    more: texts.more[about](asks.more.toLocaleString('en-GB')),
    note: texts.note,
    openUntilLabel: texts.openUntil,
    openUntilMacro: formatMacroTime(expiresAt),
    openUntil: formatTime(expiresAt),
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

function findQuestionText(kind: Asks['kind'], count: number): (typed: string, where: string) => string {
  return kind === 'which-user' && count === 1 ? questionTexts.oneUser : questionTexts.says[kind];
}

/**
 * The choices of a question as a card shows them: what tells them apart in the title, the opaque key as the value. Titles
 * that would look the same, as names with hidden characters may, get the id.
 */
function formatChoices(choices: readonly Choice[]): readonly { readonly title: string; readonly value: string }[] {
  const titled = choices.map((choice) => ({ choice, title: formatChoiceTitle(findTitleParts(choice)) }));
  return titled.map(({ choice, title }) => {
    const isAlone = titled.filter((other) => other.title === title).length === 1;
    return {
      title: isAlone ? title : formatChoiceTitle([...findTitleParts(choice), findChoiceId(choice)]),
      value: choice.key,
    };
  });
}

function findTitleParts(choice: Choice): readonly string[] {
  switch (choice.kind) {
    case 'customer': {
      const { name, domain, id } = choice.customer;
      return [name, domain, questionTexts.tenant(id)];
    }
    case 'user': {
      const { customer, user } = choice.target;
      return [user.displayName, user.userPrincipalName, customer.name, questionTexts.state[user.state]];
    }
  }
}

function findChoiceId(choice: Choice): string {
  return choice.kind === 'customer' ? choice.customer.id : choice.target.user.id;
}
