import { wasGivenUp } from '../../reset/request.ts';
import type { Closing } from '../../reset/use-cases/close.ts';
import { plainName } from './plain-name.ts';

/** What `cancel`, typed, has done. Plain text. */
export function answerToClosing(closing: Closing): string {
  switch (closing.kind) {
    case 'nothing-there':
      return 'I find no open request of yours to cancel, and changed nothing. Type status to see what is open, with the references.';
    case 'several':
      return [
        'Several of your requests are open. Type cancel and the reference of the one you mean:',
        ...closing.requests.map(
          ({ target, correlationId }) => `• ${plainName(target.user.displayName)}: ${correlationId}`,
        ),
        ...closing.questions.map(({ asks, correlationId }) => `• “${plainName(asks.typed)}”: ${correlationId}`),
      ].join('\n');
    case 'question-closed':
      return `Cancelled. I ask no more about “${plainName(closing.question.asks.typed)}”, and nothing was changed.`;
    case 'under-way':
      return `The reset for ${plainName(closing.request.target.user.displayName)} is under way and cannot be taken back. Type status to see how it stands.`;
    case 'closed':
      if (wasGivenUp(closing.request)) {
        return `Closed. The password that was set for ${plainName(closing.request.target.user.displayName)} could not be delivered and is erased: nobody has it. Ask for a new reset if they still need one.`;
      }
      return closing.request.state === 'hidden' || closing.request.state === 'delivered'
        ? `Closed. The password for ${plainName(closing.request.target.user.displayName)} is not shown any more.`
        : `Cancelled. Nothing was changed for ${plainName(closing.request.target.user.displayName)}.`;
  }
}
