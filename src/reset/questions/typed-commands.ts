import { asId, type CorrelationId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { createQuestion } from './new-question.ts';
import { findRecent } from './open-questions.ts';
import type { Asks, OpenQuestion } from './question.ts';

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
    const recent = await findRecent(dependencies, technician, conversation);
    if (recent.some(({ askedBy }) => askedBy === activityId)) return { kind: 'answered-before' };
    const asking = { technician, conversation, activityId };
    const taken = await keepWords(dependencies, asking, { kind: 'near-user', typed, more: 0 });
    if (taken === undefined) return { kind: 'answered-before' };
    const before = recent.find(({ asks, closing }) => closing?.kind === 'said-in-words' && asks.typed === typed);
    const isRecent = before !== undefined && taken.askedAt - before.askedAt < useCaseTunables.repeatedWordsMilliseconds;
    return { kind: 'taken', saidBefore: isRecent ? before.askedAt : undefined };
  };
}

/** Stores words that nothing has to answer, as a question that is over. Undefined: the same message was stored before. */
export async function keepWords(
  dependencies: Pick<Dependencies, 'clock' | 'policy' | 'random' | 'questions'>,
  asking: Pick<OpenQuestion, 'technician' | 'stated'> & Omit<TypedCommand, 'technician' | 'typed'>,
  over: Asks,
): Promise<OpenQuestion | undefined> {
  const correlationId = asId<CorrelationId>(dependencies.random.guid());
  const kept = createQuestion(dependencies, { ...asking, readings: [], correlationId }, { over });
  const facts = { question: kept.id, correlationId, state: kept.state, reason: kept.closing?.kind ?? null };
  const entry = { at: kept.askedAt, kind: 'question-over', actor: asking.technician.objectId, facts } as const;
  return (await dependencies.questions.add(kept, entry)) === 'added' ? kept : undefined;
}

/** Makes the function that tells whether a command was taken before, for one that must act even if it cannot be stored first. */
export function createWasTaken(dependencies: Dependencies): (command: Omit<TypedCommand, 'typed'>) => Promise<boolean> {
  return async ({ technician, conversation, activityId }) =>
    (await findRecent(dependencies, technician, conversation)).some(({ askedBy }) => askedBy === activityId);
}
