import template from '../../../cards/question-over.json' with { type: 'json' };
import type { Closed, OpenQuestion } from '../../reset/index.ts';
import { formatTechnician, formatTime, labels, questionTexts, refusalTexts, sanitizeName } from '../../texts/index.ts';
import { type Card, compileCardTemplate } from './card-template.ts';

const bind = compileCardTemplate('question-over', template);

/** A question of which nothing came: why, who asked and when, what to do next. No buttons. */
export function renderQuestionOver(question: OpenQuestion): Card {
  const { closing, correlationId, technician, askedAt, endedAt, expiresAt, asks } = question;
  const failed = closing === undefined ? [] : [{ label: labels.reference, value: correlationId }];
  return bind({
    ...describeQuestionOver(question),
    typed: sanitizeName(asks.typed),
    rows: [
      { label: labels.askedBy, value: formatTechnician(technician) },
      { label: labels.asked, value: formatTime(askedAt) },
      { label: labels.when, value: formatTime(endedAt ?? expiresAt) },
      ...failed,
    ],
  });
}

function describeQuestionOver({ state, closing }: OpenQuestion) {
  if (closing !== undefined) {
    return { id: 'outcome-refused', style: 'attention', heading: questionTexts.closed, ...describeClosing(closing) };
  }
  return state === 'cancelled'
    ? { id: 'outcome-cancelled', style: 'emphasis', ...questionTexts.cancelled }
    : { id: 'outcome-expired', style: 'emphasis', ...questionTexts.expired };
}

function describeClosing(closing: Closed): { readonly says: string; readonly next: string } {
  switch (closing.kind) {
    case 'gone': {
      const { customer, user } = closing.target;
      return questionTexts.gone(sanitizeName(user.displayName), sanitizeName(customer.name));
    }
    case 'changed': {
      const { user } = closing.target;
      return questionTexts.changed(sanitizeName(user.displayName), sanitizeName(user.userPrincipalName));
    }
    case 'nobody': {
      const { typed, customer } = closing;
      return questionTexts.nobody(sanitizeName(typed), sanitizeName(customer.name), sanitizeName(customer.domain));
    }
    case 'customer-gone':
      return questionTexts.customerGone(sanitizeName(closing.customer.name));
    case 'said-in-words':
    case 'answered-elsewhere':
      return questionTexts.answeredElsewhere;
    case 'not-a-technician':
    case 'groups-unknown': {
      const { problem, advice } = refusalTexts[closing.kind]();
      return { says: problem, next: advice };
    }
  }
}
