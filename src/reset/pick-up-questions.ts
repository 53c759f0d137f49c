import type { CarryQuestion } from './carry-question.ts';
import type { Tools } from './tools.ts';

const atOnce = 16;

/** Takes up questions that are due: whose time is over, whose choice nobody works on, whose card is owed. Waits for none. */
export function createPickUpQuestions(
  tools: Tools,
  carry: CarryQuestion,
  beside: (work: Promise<unknown>) => void,
): () => Promise<void> {
  return async () => {
    for (const question of await tools.questions.due(tools.clock.now(), atOnce)) beside(carry(question));
  };
}
