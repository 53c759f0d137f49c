import { asId, type CorrelationId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { createQuestion } from './new-question.ts';
import { findRecent } from './open-questions.ts';

/** A command as it came: by whom, where, by which activity, and its words. */
export type TypedCommand = {
  readonly technician: Technician;
  readonly conversation: Conversation;
  readonly activityId: string;
  readonly typed: string;
};

/** Whether a command may act, because it was not answered before. */
export type TakenCommand =
  | { readonly kind: 'answered-before' }
  /** `saidBefore`: when the same words last came from this person here, within `repeatedWordsMilliseconds`. */
  | { readonly kind: 'taken'; readonly saidBefore: number | undefined };

/**
 * Makes the function that takes a command once, however often Teams delivers it. What is taken is stored as a question that is
 * over, under the id of the activity.
 */
export function createTakeCommand(dependencies: Dependencies): (command: TypedCommand) => Promise<TakenCommand> {
  return async ({ technician, conversation, activityId, typed }) => {
    const { questions, random } = dependencies;
    const recent = await findRecent(dependencies, technician, conversation);
    if (recent.some(({ askedBy }) => askedBy === activityId)) return { kind: 'answered-before' };
    const correlationId = asId<CorrelationId>(random.guid());
    const taken = createQuestion(
      dependencies,
      { technician, conversation, activityId, readings: [], correlationId },
      typed,
    );
    const facts = { question: taken.id, correlationId, state: taken.state, reason: taken.closing?.kind ?? null };
    const entry = { at: taken.askedAt, kind: 'question-over', actor: technician.objectId, facts } as const;
    if ((await questions.add(taken, entry)) !== 'added') return { kind: 'answered-before' };
    const before = recent.find(({ asks, closing }) => closing?.kind === 'said-in-words' && asks.typed === typed);
    const isRecent = before !== undefined && taken.askedAt - before.askedAt < useCaseTunables.repeatedWordsMilliseconds;
    return { kind: 'taken', saidBefore: isRecent ? before.askedAt : undefined };
  };
}

/** Makes the function that tells whether a command was taken before, for one that must act even if it cannot be stored first. */
export function createWasTaken(dependencies: Dependencies): (command: Omit<TypedCommand, 'typed'>) => Promise<boolean> {
  return async ({ technician, conversation, activityId }) =>
    (await findRecent(dependencies, technician, conversation)).some(({ askedBy }) => askedBy === activityId);
}
