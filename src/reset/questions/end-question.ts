import { moveQuestion } from './move-question.ts';
import type { OpenQuestion } from './open-question.ts';
import type { Tools } from '../tools.ts';

/** Ends a question; its card is owed that at once. Undefined: somebody else has moved it since it was read. */
export function endQuestion(
  tools: Tools,
  question: OpenQuestion,
  end: Pick<OpenQuestion, 'state'> & Partial<Pick<OpenQuestion, 'closing'>>,
  actor?: string,
): Promise<OpenQuestion | undefined> {
  const now = tools.clock.now();
  const change = { ...end, endedAt: now, cardIsOwed: true, putOff: 0, worker: undefined, dueAt: now };
  const facts = { reason: end.closing?.kind ?? null };
  return moveQuestion(tools, question, change, { kind: 'question-over', facts, ...(actor !== undefined && { actor }) });
}
