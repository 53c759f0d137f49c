import overTemplate from '../../../cards/question-over.json' with { type: 'json' };
import template from '../../../cards/question.json' with { type: 'json' };
import type { Choice, OpenQuestion } from '../../reset/index.ts';
import {
  beginLine,
  buttons,
  cardTimes,
  describeChoice,
  describeClosing,
  describeQuestion,
  describeWhom,
  formatAddress,
  formatChoiceTitle,
  formatDomain,
  formatCount,
  formatCustomerName,
  formatCardTime,
  formatCardTimeOfDay,
  formatSummary,
  formatTechnician,
  labels,
  questionTexts,
  sanitizeName,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { type Card, compileCardTemplate } from './card-template.ts';

const bind = compileCardTemplate('question', template);
const bindOver = compileCardTemplate('question-over', overTemplate);

/**
 * The card of a question: `which-customer` or `which-user` while it is open, and why nothing came of it when it is over.
 * Its buttons carry the id of the question and nothing else. No choice is preselected.
 *
 * @param now Milliseconds since 1970 in UTC.
 */
export function renderQuestion(question: OpenQuestion, now: number): Card {
  switch (question.state) {
    case 'open':
      return now < question.expiresAt ? renderOpenQuestion(question) : renderQuestionOver(question);
    case 'chosen':
    case 'answered':
      return renderOpenQuestion(question);
    case 'closed':
    case 'cancelled':
    case 'expired':
      return renderQuestionOver(question);
  }
}

function renderOpenQuestion({ id, state, asks, askedIn, choices, expiresAt }: OpenQuestion): Card {
  const texts = questionTexts;
  const [first] = choices;
  const about = first?.kind ?? 'customer';
  const isOpen = state === 'open';
  return bind({
    id: about === 'customer' ? 'which-customer' : 'which-user',
    heading: texts.heading[about],
    summary: formatSummary(texts.heading[about], asks.typed),
    says: describeQuestion({ asks, choices }),
    asks: isOpen,
    label: texts.label[about],
    missing: texts.missing,
    hasChoices: choices.length > 1,
    choices: choices.length > 1 ? formatChoices(choices) : [],
    ...formatSuggestion(choices),
    hasMore: asks.more > 0,
    more: texts.more[about](formatCount(asks.more)),
    note: texts.note[askedIn.kind === 'personal' ? 'personal' : 'shared'][choices.length === 1 ? 'one' : 'several'],
    openUntilLabel: texts.openUntil,
    openUntil: formatCardTimeOfDay(expiresAt),
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

/** The only one that is suggested, which the button takes. */
function formatSuggestion(choices: readonly Choice[]) {
  const [only] = choices.length === 1 ? choices : [];
  if (only === undefined) return { isSuggested: false, name: '', lines: [] } as const;
  const place =
    only.kind === 'user'
      ? formatCustomerName(only.target.customer, sanitizeName)
      : sanitizeName(questionTexts.tenant(only.customer.id));
  const [name, ...lines] = findTitleParts(only);
  return {
    isSuggested: true,
    name: sanitizeName(name ?? ''),
    lines: [...lines.map((line) => sanitizeName(line)), place].map((line) => ({ line })),
  } as const;
}

/**
 * The title of a choice begins with the number that may be typed, and tells it from the others; its value is the opaque key. What
 * all of them share stands in no title. Those that would look the same, as names with hidden characters may, get the id as well.
 */
function formatChoices(choices: readonly Choice[]): readonly { readonly title: string; readonly value: string }[] {
  const titled = choices.map((choice) => {
    const parts = [...findTitleParts(choice), ...findPlace(choice, choices), ...describeChoice(choice, choices)];
    return { choice, title: formatChoiceTitle(parts) };
  });
  return titled.map(({ choice, title }, index) => {
    const isAlone = titled.filter((other) => other.title === title).length === 1;
    const told = isAlone ? title : formatChoiceTitle([...findTitleParts(choice), findChoiceId(choice)]);
    return { title: questionTexts.numbered(index + 1, told), value: choice.key };
  });
}

function findTitleParts(choice: Choice): readonly string[] {
  switch (choice.kind) {
    case 'customer': {
      const { name, domain } = choice.customer;
      return [name, formatDomain(domain, sanitizeName)];
    }
    case 'user': {
      const { user } = choice.target;
      const state = user.state === 'active' ? [] : [questionTexts.state[user.state]];
      return [user.displayName, formatAddress(user.userPrincipalName, sanitizeName), ...state];
    }
  }
}

/** The customer of a person, where the others are not all of the same; the tenant of a customer. */
function findPlace(choice: Choice, choices: readonly Choice[]): readonly string[] {
  if (choice.kind === 'customer') return [questionTexts.tenant(choice.customer.id)];
  const { customer } = choice.target;
  const isShared = choices.every((other) => other.kind === 'user' && other.target.customer.id === customer.id);
  return isShared ? [] : [customer.name];
}

function findChoiceId(choice: Choice): string {
  return choice.kind === 'customer' ? choice.customer.id : choice.target.user.id;
}

/** A question that led to no request: why, who asked and when, what to do next. No buttons. */
function renderQuestionOver(question: OpenQuestion): Card {
  const { closing, correlationId, technician, askedAt, endedAt, expiresAt } = question;
  const over = describeQuestionOver(question);
  const whom = beginLine(describeWhom(question));
  return bindOver({
    ...over,
    summary: formatSummary(over.heading, whom),
    whom,
    hasCorrelation: closing !== undefined,
    correlationLabel: labels.correlation,
    correlation: correlationId,
    rows: [
      { label: labels.askedBy, value: formatTechnician(technician) },
      { label: labels.asked, value: formatCardTime(askedAt) },
      { label: labels.when, value: formatCardTime(endedAt ?? expiresAt) },
    ],
  });
}

function describeQuestionOver({ state, closing }: OpenQuestion) {
  if (closing !== undefined) {
    const { problem, advice } = describeClosing(closing, cardTimes);
    return { id: 'outcome-refused', style: 'attention', heading: questionTexts.closed, says: problem, next: advice };
  }
  return state === 'cancelled'
    ? { id: 'outcome-cancelled', style: 'emphasis', ...questionTexts.cancelled }
    : { id: 'outcome-expired', style: 'emphasis', ...questionTexts.expired };
}
