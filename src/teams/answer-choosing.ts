import type { Choosing } from '../reset/questions/choose.ts';
import type { QuestionAnswer } from '../reset/questions/question-runner.ts';
import { atMost } from './at-most.ts';
import type { BotParts } from './create-bot.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { answerToFinding } from './texts/answer-to-finding.ts';
import { answers } from './texts/answers.ts';

const answerWithinMilliseconds = 2500;

/**
 * Answers a press on the card of a question: with what came of it if it is there in time, else with the card that says it
 * is being looked for. A failure that comes too late for that is said in the chat.
 */
export async function answerChoosing(parts: BotParts, choosing: Choosing): Promise<InvokeAnswer> {
  switch (choosing.kind) {
    case 'nothing-chosen':
      return { kind: 'message', text: answers.nothingChosen };
    case 'unknown':
      return { kind: 'message', text: answers.unknownCard };
    case 'not-yours':
      return { kind: 'message', text: answers.notYours };
    case 'taken': {
      const { question, done } = choosing;
      const asPressed: QuestionAnswer = { kind: 'question', question };
      const answer = await atMost(parts.clock, answerWithinMilliseconds, done, asPressed);
      if (answer === asPressed) parts.patience.goOn(question.askedIn, done.then(sayTrouble));
      return show(answer);
    }
  }

  function show(answer: QuestionAnswer): InvokeAnswer {
    switch (answer.kind) {
      case 'question':
        return { kind: 'card', card: parts.render.question(answer.question) };
      case 'request':
        return { kind: 'card', card: parts.render.card(answer.request) };
      case 'trouble':
        return { kind: 'message', text: answerToFinding(answer, answer.correlationId) };
    }
  }

  async function sayTrouble(answer: QuestionAnswer): Promise<void> {
    if (answer.kind !== 'trouble' || choosing.kind !== 'taken') return;
    await parts.messages.reply(choosing.question.askedIn, answerToFinding(answer, answer.correlationId));
  }
}
