import type { QuestionId } from '../../ids.ts';
import type { CarryQuestion } from './carry-question.ts';
import type { MessageAddress } from '../people/conversation.ts';
import { moveQuestion } from './move-question.ts';
import type { Tools } from '../tools.ts';

/** Swaps that may be lost to presses before the address is given up. */
const mostTries = 5;

/** Keeps where the card of a question stands, and brings it up to date if a press was faster than this. */
export function createQuestionPosted(tools: Tools, carry: CarryQuestion) {
  return async (id: QuestionId, card: MessageAddress): Promise<void> => {
    for (let tried = 0; tried < mostTries; tried += 1) {
      const question = await tools.questions.find(id);
      if (question === undefined) return;
      if (question.state === 'chosen') await carry(question).catch(() => undefined);
      const owed = question.cardIsOwed ? { dueAt: tools.clock.now() } : {};
      const kept = await moveQuestion(tools, question, { card, ...owed }, { kind: 'card-posted' });
      if (kept !== undefined) {
        if (kept.cardIsOwed) await carry(kept);
        return;
      }
    }
    tools.log({ level: 'warn', event: 'card-address-lost' });
  };
}
