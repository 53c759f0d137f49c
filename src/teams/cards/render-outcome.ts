import template from '../../../cards/outcome.json' with { type: 'json' };
import type { ResetRequest } from '../../reset/request.ts';
import type { Card } from './card.ts';
import { createCard } from './create-card.ts';
import { describeOutcome, type Reader } from './describe-outcome.ts';
import { outcomeRows } from './outcome-rows.ts';
import { targetData } from './target-data.ts';

const bind = createCard('outcome', template);

/** What became of a request: what happened, who did it and when, what to do next. No buttons, never a password. */
export function renderOutcome(request: ResetRequest, reader: Reader = 'requester'): Card {
  const target = targetData(request.target);
  const outcome = describeOutcome(request, reader);
  return bind({
    ...target,
    id: outcome.id,
    style: outcome.style,
    heading: outcome.heading,
    says: outcome.says,
    hasNext: outcome.next !== undefined,
    next: outcome.next ?? '',
    rows: outcomeRows(request, outcome.id),
  });
}
