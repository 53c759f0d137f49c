import { useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { endQuestion, moveQuestion } from './question-runner.ts';
import { isAskedInWords, type OpenQuestion } from './question.ts';

/** Whether the next message may answer this question. A card may be pressed for longer. */
export function isSlot({ state, expiresAt, askedAt, typedUntil }: OpenQuestion, now: number): boolean {
  const until = typedUntil ?? askedAt + useCaseTunables.answerValidMilliseconds;
  return state === 'open' && now < expiresAt && now < until;
}

/** Questions of this person in this chat that are open or ended a short time ago, the latest first. */
export function findRecent(
  { questions, clock }: Pick<Dependencies, 'questions' | 'clock'>,
  { objectId, tenantId }: Technician,
  { id }: Conversation,
): Promise<readonly OpenQuestion[]> {
  const whose = { technician: objectId, tenant: tenantId, conversation: id };
  return questions.recentOf(whose, clock.now() - useCaseTunables.answerValidMilliseconds);
}

/** Swaps that may be lost to a press or to the address of a card before a slot is left as it is. */
const maxSwapTries = 5;

/**
 * The next message answers none of these questions. One that was asked in words is over; a card can still be pressed. What
 * is being answered stays as it is.
 */
export async function endSlots(
  dependencies: Dependencies,
  technician: Technician,
  questions: readonly OpenQuestion[],
): Promise<void> {
  for (const question of questions) await endSlot(dependencies, technician, question);
}

async function endSlot(dependencies: Dependencies, { objectId }: Technician, given: OpenQuestion): Promise<void> {
  let question: OpenQuestion | undefined = given;
  for (let tried = 0; tried < maxSwapTries && question !== undefined; tried += 1) {
    const now = dependencies.clock.now();
    if (!isSlot(question, now)) return;
    const ended = isAskedInWords(question)
      ? await endQuestion(dependencies, question, { state: 'cancelled' }, objectId)
      : await moveQuestion(dependencies, question, { typedUntil: now }, { kind: 'question-moved', actor: objectId });
    if (ended !== undefined) return;
    question = await dependencies.questions.find(question.id);
  }
}
