import type { MessageAddress } from '../people/conversation.ts';
import { moveQuestion } from './move-question.ts';
import type { OpenQuestion } from './open-question.ts';
import type { PutOutcome } from '../ports/messages.ts';
import type { CardPosted } from '../carrying/card-posted.ts';
import type { Tools } from '../tools.ts';

const mostTries = 5;
const putOffMilliseconds = 30_000;

/**
 * Shows on its card how a question stands, or the request that came of it: then the card is the request's from now on.
 * Undefined: somebody else has moved the question meanwhile.
 */
export async function showQuestion(
  tools: Tools,
  question: OpenQuestion,
  keepCard: CardPosted['keep'],
): Promise<OpenQuestion | undefined> {
  const { card } = question;
  // Whoever posts the card brings it up to date.
  if (card === undefined) return note({ dueAt: restingAt(question) });
  const outcome = question.state === 'answered' ? await showRequest(card) : await tools.messages.putQuestion(question);
  const again = outcome.kind === 'try-again' && question.putOff < mostTries;
  if (!again) return note({ cardIsOwed: false, putOff: 0, dueAt: restingAt(question) });
  return note({ putOff: question.putOff + 1, dueAt: tools.clock.now() + putOffMilliseconds });

  async function showRequest(address: MessageAddress): Promise<PutOutcome> {
    const before = await tools.store.find(question.becomes);
    const isKept = before === undefined || before.card !== undefined || (await keepCard(question.becomes, address));
    const request = await tools.store.find(question.becomes);
    if (request === undefined) return { kind: 'gone' };
    const put = await tools.messages.putCard({ ...request, card: address });
    // An address that is in memory alone would not outlive this process, while the question does.
    return isKept ? put : { kind: 'try-again' };
  }

  function note(change: Partial<OpenQuestion>): Promise<OpenQuestion | undefined> {
    return moveQuestion(tools, question, change, { kind: 'question-moved' });
  }
}

/** When a question is due again whose card shows how it stands. */
function restingAt({ state, expiresAt }: OpenQuestion): number | undefined {
  return state === 'open' ? expiresAt : undefined;
}
