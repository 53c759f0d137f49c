import type { CorrelationId, QuestionId } from '../../ids.ts';
import { answerChoice } from './answer-choice.ts';
import type { CardPosted } from '../carrying/card-posted.ts';
import { endQuestion } from './end-question.ts';
import { moveQuestion } from './move-question.ts';
import type { OpenQuestion } from './open-question.ts';
import type { PartnerTrouble } from '../partner-trouble.ts';
import type { FindOptions } from '../ports/directory.ts';
import type { ResetRequest } from '../reset-request.ts';
import { showQuestion } from './show-question.ts';
import type { Tools } from '../tools.ts';

/** What there is to show in the place of a question: it as it stands, or the request that came of it. */
export type QuestionAnswer =
  | { readonly kind: 'question'; readonly question: OpenQuestion }
  | { readonly kind: 'request'; readonly request: ResetRequest }
  /** Nothing was found out; the question is open as before. */
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble; readonly correlationId: CorrelationId };

export type CarryQuestion = (question: OpenQuestion, progress?: FindOptions['progress']) => Promise<QuestionAnswer>;

/** Carries a question on as far as it goes now, from the row as it is; a step that lost a swap looks again. */
export function createCarryQuestion(tools: Tools, keepCard: CardPosted['keep']): CarryQuestion {
  const { questions, clock } = tools;
  const underWay = new Map<QuestionId, Promise<QuestionAnswer>>();

  return join;

  /** One at a time for each question in this process; a second call waits for the first, unless that began too early. */
  async function join(question: OpenQuestion, progress?: FindOptions['progress']): Promise<QuestionAnswer> {
    const already = underWay.get(question.id);
    if (already) {
      const answer = await already;
      const tooEarly = answer.kind === 'question' && answer.question.version < question.version;
      return tooEarly ? join(question, progress) : answer;
    }
    const running = carry(question, progress).finally(() => underWay.delete(question.id));
    underWay.set(question.id, running);
    return running;
  }

  async function carry(given: OpenQuestion, progress: FindOptions['progress']): Promise<QuestionAnswer> {
    let current = (await questions.find(given.id)) ?? given;
    let trouble: PartnerTrouble | undefined;
    for (;;) {
      const moved = await step(current);
      if (moved === 'rest') break;
      const next = moved ?? (await questions.find(current.id));
      if (next === undefined || next.version === current.version) break;
      current = next;
    }
    if (trouble !== undefined) return { kind: 'trouble', trouble, correlationId: current.correlationId };
    const request = current.state === 'answered' ? await tools.store.find(current.becomes) : undefined;
    return request === undefined ? { kind: 'question', question: current } : { kind: 'request', request };

    async function step(question: OpenQuestion): Promise<OpenQuestion | undefined | 'rest'> {
      const now = clock.now();
      const due = question.dueAt !== undefined && question.dueAt <= now;
      switch (question.state) {
        case 'open':
          if (now >= question.expiresAt) return endQuestion(tools, question, { state: 'expired' });
          return due && question.cardIsOwed ? showQuestion(tools, question, keepCard) : 'rest';
        case 'chosen':
          if (question.worker === tools.instance && !due) return answer(question);
          return due ? takeOver(question) : 'rest';
        case 'answered':
        case 'closed':
        case 'cancelled':
        case 'expired':
          return due && question.cardIsOwed ? showQuestion(tools, question, keepCard) : 'rest';
      }
    }

    async function answer(question: OpenQuestion): Promise<OpenQuestion | undefined> {
      const answered = await answerChoice(tools, question, progress);
      const now = clock.now();
      const open = { state: 'open', chosen: undefined, worker: undefined, cardIsOwed: true, dueAt: now } as const;
      switch (answered.kind) {
        case 'request':
          return endQuestion(tools, question, { state: 'answered' });
        case 'closed':
          return endQuestion(tools, question, { state: 'closed', closing: answered.closing });
        case 'asks': {
          const expiresAt = now + tools.policy().confirmWithinMinutes * 60_000;
          const change = { ...open, ...answered.asked, customerChosen: true, expiresAt };
          const facts = { asks: answered.asked.asks.kind, choices: answered.asked.choices.length };
          return moveQuestion(tools, question, change, { kind: 'asked-back', facts });
        }
        case 'trouble':
          trouble = answered.trouble;
          return moveQuestion(tools, question, open, { kind: 'question-moved', facts: { code: trouble.code } });
      }
    }
  }

  function takeOver(question: OpenQuestion): Promise<OpenQuestion | undefined> {
    const change = { worker: tools.instance, dueAt: clock.now() + tools.lengths.lease };
    return moveQuestion(tools, question, change, { kind: 'question-moved' });
  }
}
