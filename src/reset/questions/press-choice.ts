import { mayStayUnread, type QuestionId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress, Technician } from '../identity.ts';
import { findOwnQuestion } from '../policy/requester.ts';
import type { FindOptions } from '../ports/partner-center.ts';
import { endQuestion, moveQuestion, type QuestionAnswer, type RunQuestion } from './question-runner.ts';
import { isAskedInWords, type OpenQuestion, type TypedAnswer } from './question.ts';

/** What a press on the card of a question did. */
export type Choosing =
  /** The question as it stands after the press; `done` settles when nothing more can be done now. */
  | { readonly kind: 'taken'; readonly question: OpenQuestion; readonly done: Promise<QuestionAnswer> }
  | { readonly kind: 'nothing-chosen' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Takes a choice, once: the press is claimed by one compare-and-swap, and another press gets the answer of the first. A
 * choice that the question does not have, as an older card of it may, changes nothing. `typed` is the message that made
 * the choice, where no press did.
 */
export function createChoose(dependencies: Dependencies, run: RunQuestion) {
  return choose;

  /** A press that loses a swap looks again. */
  async function choose(
    id: QuestionId,
    technician: Technician,
    key: string,
    progress?: FindOptions['progress'],
    typed?: TypedAnswer,
  ): Promise<Choosing> {
    const pressed = await findOwnQuestion(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { question } = pressed;
    if (isAskedInWords(question)) return { kind: 'unknown' };
    const now = dependencies.clock.now();
    if (question.state !== 'open' || now >= question.expiresAt) return taken(question);
    // A card with one suggestion has no choice to make: its button takes that one.
    const [only] = question.choices.length === 1 ? question.choices : [];
    const chosen = key === '' ? only?.key : key;
    if (chosen === undefined) return { kind: 'nothing-chosen' };
    const choice = question.choices.find((one) => one.key === chosen);
    if (choice === undefined) return taken(question);
    const change = {
      state: 'chosen',
      chosen,
      worker: dependencies.instance,
      dueAt: now + dependencies.durations.lease,
      ...(typed !== undefined && { typedAnswers: [...(question.typedAnswers ?? []), typed] }),
    } as const;
    const facts =
      choice.kind === 'customer'
        ? { customer: choice.customer.id }
        : { customer: choice.target.customer.id, user: choice.target.user.id };
    const claimed = await moveQuestion(dependencies, question, change, {
      kind: 'chosen',
      actor: technician.objectId,
      facts,
    });
    return claimed === undefined ? choose(id, technician, key, progress, typed) : taken(claimed, progress);
  }

  function taken(question: OpenQuestion, progress?: FindOptions['progress']): Choosing {
    return { kind: 'taken', question, done: mayStayUnread(run(question, progress)) };
  }
}

/** Ends a question that is open; one that was answered stays as it stands. */
export function createCancelQuestion(dependencies: Dependencies, run: RunQuestion) {
  return cancel;

  /** A press that loses a swap looks again. */
  async function cancel(id: QuestionId, technician: Technician): Promise<Choosing> {
    const pressed = await findOwnQuestion(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { question } = pressed;
    const open = question.state === 'open' && dependencies.clock.now() < question.expiresAt;
    const ended = open
      ? await endQuestion(dependencies, question, { state: 'cancelled' }, technician.objectId)
      : question;
    if (ended === undefined) return cancel(id, technician);
    return { kind: 'taken', question: ended, done: mayStayUnread(run(ended)) };
  }
}

/** Keeps where the card of a question stands, and brings it up to date if a press was faster than this. */
export function createRememberQuestionCard(dependencies: Dependencies, run: RunQuestion) {
  return async (id: QuestionId, card: MessageAddress): Promise<void> => {
    for (let tried = 0; tried < useCaseTunables.maxQuestionCardSwaps; tried += 1) {
      const question = await dependencies.questions.find(id);
      if (question === undefined) return;
      if (question.state === 'chosen') await run(question).catch(() => undefined);
      const owed = question.cardIsOwed ? { dueAt: dependencies.clock.now() } : {};
      const kept = await moveQuestion(dependencies, question, { card, ...owed }, { kind: 'card-posted' });
      if (kept !== undefined) {
        if (kept.cardIsOwed) await run(kept);
        return;
      }
    }
    dependencies.log({ level: 'warn', event: 'card-address-lost' });
  };
}
