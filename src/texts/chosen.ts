import type { Choice, OpenQuestion, ResetRequest } from '../reset/index.ts';
import { formatCustomerName, joinSentences, longestSentence, sanitizePlainText } from './formatting.ts';
import { describeClosing } from './questions.ts';
import { formatTarget } from './search-results.ts';

/** What came of a choice: the request, or the question as it stands. */
type Chosen =
  | { readonly kind: 'request'; readonly request: Pick<ResetRequest, 'state'> }
  | { readonly kind: 'question'; readonly question: OpenQuestion };

/** What is answered to a choice that was typed: what it chose, and how the card goes on that may be out of sight. Plain text. */
export function formatChosen(choice: Choice | undefined, answer: Chosen): string {
  const chosen = choice === undefined ? '' : nameOf(choice);
  if (answer.kind === 'request') {
    return answer.request.state === 'refused' ? chosenTexts.refused(chosen) : chosenTexts.proposed(chosen);
  }
  const { state, closing, choices } = answer.question;
  if (state === 'open') return chosenTexts.asks[choices[0]?.kind ?? 'customer'](chosen);
  if (closing === undefined) return chosenTexts.over;
  const { problem, advice } = describeClosing(closing);
  return joinSentences(
    chosenTexts.nothing(sanitizePlainText(problem, longestSentence)),
    sanitizePlainText(advice, longestSentence),
  );
}

function nameOf(choice: Choice): string {
  return choice.kind === 'customer'
    ? formatCustomerName(choice.customer, sanitizePlainText)
    : formatTarget(choice.target);
}

const chosenTexts = {
  proposed: (chosen: string) => `Chosen: ${chosen}. Nothing is reset yet: answer the card above to go on.`,
  refused: (chosen: string) => `Chosen: ${chosen}. Nothing is reset: the card above says why.`,
  asks: {
    customer: (chosen: string) => `Chosen: ${chosen}. The card above asks which customer you mean.`,
    user: (chosen: string) => `Chosen: ${chosen}. The card above asks which person you mean.`,
  } satisfies Record<Choice['kind'], (chosen: string) => string>,
  nothing: (problem: string) => `Nothing was changed: ${problem}`,
  over: 'That question is over, so nothing was changed. Ask again if it is still needed.',
} as const;
