import type { QuestionId } from '../../ids.ts';
import type { CarryQuestion, QuestionAnswer } from './carry-question.ts';
import { moveQuestion } from './move-question.ts';
import type { OpenQuestion } from './open-question.ts';
import type { FindOptions } from '../ports/directory.ts';
import { readOwnQuestion } from './read-own-question.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** What a press on the card of a question did. */
export type Choosing =
  /** The question as it stands after the press; `done` settles when nothing more can be done now. */
  | { readonly kind: 'taken'; readonly question: OpenQuestion; readonly done: Promise<QuestionAnswer> }
  | { readonly kind: 'nothing-chosen' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Takes a choice, once: the press is claimed by one compare-and-swap, and another press gets the answer of the first. A
 * choice that the question does not have, as an older card of it may, changes nothing.
 */
export function createChoose(tools: Tools, carry: CarryQuestion) {
  return choose;

  /** A press that loses a swap looks again. */
  async function choose(
    id: QuestionId,
    technician: Technician,
    key: string,
    progress?: FindOptions['progress'],
  ): Promise<Choosing> {
    const pressed = await readOwnQuestion(tools, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { question } = pressed;
    const now = tools.clock.now();
    if (question.state !== 'open' || now >= question.expiresAt) return taken(question);
    if (key === '') return { kind: 'nothing-chosen' };
    const choice = question.choices.find((one) => one.key === key);
    if (choice === undefined) return taken(question);
    const change = {
      state: 'chosen',
      chosen: key,
      worker: tools.instance,
      dueAt: now + tools.lengths.lease,
    } as const;
    const facts =
      choice.kind === 'customer'
        ? { customer: choice.customer.id }
        : { customer: choice.target.customer.id, user: choice.target.user.id };
    const claimed = await moveQuestion(tools, question, change, { kind: 'chosen', actor: technician.objectId, facts });
    return claimed === undefined ? choose(id, technician, key, progress) : taken(claimed, progress);
  }

  function taken(question: OpenQuestion, progress?: FindOptions['progress']): Choosing {
    return { kind: 'taken', question, done: carry(question, progress) };
  }
}
