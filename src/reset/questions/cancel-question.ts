import type { QuestionId } from '../../ids.ts';
import type { CarryQuestion } from './carry-question.ts';
import type { Choosing } from './choose.ts';
import { endQuestion } from './end-question.ts';
import { readOwnQuestion } from './read-own-question.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** Ends a question that is open; one that was answered stays as it stands. */
export function createCancelQuestion(tools: Tools, carry: CarryQuestion) {
  return cancel;

  /** A press that loses a swap looks again. */
  async function cancel(id: QuestionId, technician: Technician): Promise<Choosing> {
    const pressed = await readOwnQuestion(tools, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { question } = pressed;
    const open = question.state === 'open' && tools.clock.now() < question.expiresAt;
    const ended = open ? await endQuestion(tools, question, { state: 'cancelled' }, technician.objectId) : question;
    if (ended === undefined) return cancel(id, technician);
    return { kind: 'taken', question: ended, done: carry(ended) };
  }
}
