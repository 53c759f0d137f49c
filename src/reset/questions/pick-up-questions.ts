import type { CarryQuestion } from './carry-question.ts';
import { createForgetQuestions } from './forget-questions.ts';
import type { Tools } from '../tools.ts';

const atOnce = 16;

/**
 * Takes up questions that are due: whose time is over, whose choice nobody works on, whose card is owed. Waits for none.
 * Those that ended long ago are deleted.
 */
export function createPickUpQuestions(
  tools: Tools,
  carry: CarryQuestion,
  beside: (work: Promise<unknown>) => void,
): () => Promise<void> {
  const forget = createForgetQuestions(tools);
  return async () => {
    for (const question of await tools.questions.due(tools.clock.now(), atOnce)) beside(carry(question));
    await forget();
  };
}
