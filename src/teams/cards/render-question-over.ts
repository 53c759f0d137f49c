import template from '../../../cards/question-over.json' with { type: 'json' };
import type { Closed, OpenQuestion } from '../../reset/questions/question.ts';
import { labels } from '../texts/labels.ts';
import { questionTexts } from '../texts/question-texts.ts';
import { refusalTexts } from '../texts/refusal-texts.ts';
import type { Card } from './card.ts';
import { cleanName } from './clean-name.ts';
import { createCard } from './create-card.ts';
import { nameTechnician } from './name-technician.ts';
import { sayTime } from './say-time.ts';

const bind = createCard('question-over', template);

/** A question of which nothing came: why, who asked and when, what to do next. No buttons. */
export function renderQuestionOver(question: OpenQuestion): Card {
  const { closing, correlationId, technician, askedAt, endedAt, expiresAt, asks } = question;
  const failed = closing === undefined ? [] : [{ label: labels.reference, value: correlationId }];
  return bind({
    ...wordsOf(question),
    typed: cleanName(asks.typed),
    rows: [
      { label: labels.askedBy, value: nameTechnician(technician) },
      { label: labels.asked, value: sayTime(askedAt) },
      { label: labels.when, value: sayTime(endedAt ?? expiresAt) },
      ...failed,
    ],
  });
}

function wordsOf({ state, closing }: OpenQuestion) {
  if (closing !== undefined) {
    return { id: 'outcome-refused', style: 'attention', heading: questionTexts.closed, ...wordsOfClosing(closing) };
  }
  return state === 'cancelled'
    ? { id: 'outcome-cancelled', style: 'emphasis', ...questionTexts.cancelled }
    : { id: 'outcome-expired', style: 'emphasis', ...questionTexts.expired };
}

function wordsOfClosing(closing: Closed): { readonly says: string; readonly next: string } {
  switch (closing.kind) {
    case 'gone': {
      const { customer, user } = closing.target;
      return questionTexts.gone(cleanName(user.displayName), cleanName(customer.name));
    }
    case 'changed': {
      const { user } = closing.target;
      return questionTexts.changed(cleanName(user.displayName), cleanName(user.userPrincipalName));
    }
    case 'nobody': {
      const { typed, customer } = closing;
      return questionTexts.nobody(cleanName(typed), cleanName(customer.name), cleanName(customer.domain));
    }
    case 'customer-gone':
      return questionTexts.customerGone(cleanName(closing.customer.name));
    case 'said-in-words':
    case 'answered-elsewhere':
      return questionTexts.answeredElsewhere;
    case 'not-a-technician':
    case 'groups-unknown':
      return refusalTexts[closing.kind]();
  }
}
