import type { Dependencies } from '../dependencies.ts';
import { findNamed, type Naming, namingOfCustomer, namingOfUser } from './typed-name.ts';
import type { Question } from '../use-cases/propose.ts';
import { createChoose } from './press-choice.ts';
import { moveQuestion, type QuestionAnswer, type RunQuestion } from './question-runner.ts';
import { type Choice, isAskedInWords, type OpenQuestion, type TypedAnswer } from './question.ts';
import { findRecent, isSlot, keepSeenQuestions } from './open-questions.ts';

/** What came of a message that may answer an open question of its chat. */
export type TypedAnswering =
  /** Nothing is open there: the message stands for itself. */
  | { readonly kind: 'no-slot' }
  /**
   * It is the number of a choice, and the latest question has none. A question in words stays open. `older`: a list of before is
   * still open on its card. `asksForName`: the latest question wants a name.
   */
  | { readonly kind: 'no-list'; readonly older: boolean; readonly asksForName: boolean }
  /** This message was answered before. */
  | { readonly kind: 'already-answered' }
  /** It names none of the choices, or more than one. */
  | { readonly kind: 'no-choice'; readonly question: OpenQuestion }
  /** It names one of the confirmations that were asked about. Only this call may go on with it. */
  | { readonly kind: 'confirmation'; readonly question: OpenQuestion; readonly choice: Choice }
  /** `question` as it stood before: it has a card, and the message names `choice`, or it was asked in words. */
  | {
      readonly kind: 'answered';
      readonly question: OpenQuestion;
      readonly choice: Choice | undefined;
      readonly answer: QuestionAnswer;
    };

/** A message, and what it names without the words around. */
export type TypedMessage = Omit<Question, 'text'> & { readonly name: string };

/**
 * Takes a message as the answer to the latest open question of the same person in the same chat. A question accepts a
 * typed answer for `answerValidMilliseconds`. One compare-and-swap claims the question, as for a press on its card, and
 * the same steps follow.
 */
export function createAnswerTyped(dependencies: Dependencies, run: RunQuestion) {
  const choose = createChoose(dependencies, run);
  return answer;

  /** A message that loses a swap looks again: a press may have been first, or the same message. */
  async function answer(message: TypedMessage): Promise<TypedAnswering> {
    const { technician, conversation, activityId, name, progress } = message;
    const recent = await findRecent(dependencies, technician, conversation);
    if (recent.some((question) => isAnswered(question, activityId))) return { kind: 'already-answered' };
    const now = dependencies.clock.now();
    const [question] = await keepSeenQuestions(
      dependencies,
      technician,
      recent.filter((one) => isSlot(one, now)).slice(0, 1),
    );
    // A customer may be called by a number.
    const mayBeNumber = question !== undefined && (question.choices.length > 0 || asksForCustomer(question));
    if (!mayBeNumber && numberOfChoice.test(name.trim())) {
      const lists = recent.filter((one) => isOpenList(one, now));
      const seen = await keepSeenQuestions(dependencies, technician, lists);
      return { kind: 'no-list', older: seen.length > 0, asksForName: question !== undefined };
    }
    if (question === undefined) return { kind: 'no-slot' };
    const typed = { activityId, name };
    const choice = findChoice(question.choices, name);
    if (question.choices.length > 0 && choice === undefined) return { kind: 'no-choice', question };
    if (choice !== undefined && !isAskedInWords(question)) {
      const chosen = await choose(question.id, technician, choice.key, progress, typed);
      if (chosen.kind !== 'taken') return { kind: 'no-slot' };
      return { kind: 'answered', question, choice, answer: await chosen.done };
    }
    const claimed = await claim(question, message, typed);
    if (claimed === undefined) return answer(message);
    if (choice !== undefined) return { kind: 'confirmation', question: claimed, choice };
    return { kind: 'answered', question, choice, answer: await run(claimed, progress) };
  }

  /** A chosen confirmation ends its question at once; anything else is worked on. */
  function claim(
    question: OpenQuestion,
    { technician }: TypedMessage,
    typed: TypedAnswer,
  ): Promise<OpenQuestion | undefined> {
    const now = dependencies.clock.now();
    const typedAnswers = [...(question.typedAnswers ?? []), typed];
    const change =
      question.choices.length > 0
        ? ({ state: 'answered', endedAt: now, dueAt: undefined, typedAnswers } as const)
        : ({
            state: 'chosen',
            worker: dependencies.instance,
            dueAt: now + dependencies.durations.lease,
            typedAnswers,
          } as const);
    return moveQuestion(dependencies, question, change, { kind: 'chosen', actor: technician.objectId });
  }
}

/** The number of a choice, which is never a person. */
const numberOfChoice = /^#?\s*(\d{1,2})$/;

function asksForCustomer({ asks }: OpenQuestion): boolean {
  return asks.kind === 'missing-customer';
}

/** Whether a card with choices can still be pressed. */
function isOpenList(question: OpenQuestion, now: number): boolean {
  const { state, expiresAt, choices } = question;
  return state === 'open' && now < expiresAt && choices.length > 0 && !isAskedInWords(question);
}

/** Whether this message asked the question, or was taken as an answer to it. */
function isAnswered({ askedBy, typedAnswers = [] }: OpenQuestion, activityId: string): boolean {
  return askedBy === activityId || typedAnswers.some((typed) => typed.activityId === activityId);
}

/** The one choice that a text names by its number or as `findNamed` says; undefined for none or several. */
export function findChoice(choices: readonly Choice[], typed: string): Choice | undefined {
  const number = numberOfChoice.exec(typed.trim())?.[1];
  if (number !== undefined) return choices[Number(number) - 1];
  const named = findNamed(choices, typed, namingOfChoice);
  return named.length === 1 ? named[0] : undefined;
}

/** By what a choice is named. A customer is also called by the first part of its domain. */
export function namingOfChoice(choice: Choice): Naming {
  switch (choice.kind) {
    case 'customer': {
      const naming = namingOfCustomer(choice.customer);
      const [label = ''] = choice.customer.domain.split('.');
      return { ...naming, names: [...naming.names, label] };
    }
    case 'user':
      return namingOfUser(choice.target);
  }
}
