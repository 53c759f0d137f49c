import type { InvokeAnswer } from './invoke-answer.ts';

/**
 * The body that Teams takes as an answer to `adaptiveCard/action`. Anything else shows "Unable to reach app" and is
 * delivered again. See
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards.
 */
export function writeInvokeBody(answer: InvokeAnswer): object {
  switch (answer.kind) {
    case 'card':
      return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card };
    case 'message':
      return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.text };
  }
}
