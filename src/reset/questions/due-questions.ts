import { useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { RunQuestion } from './question-runner.ts';

const questionsAtOnce = 16;

/**
 * Starts the work on questions that are due, and does not wait for it. A question is due when its time is over, or its
 * card out of date, or when no instance works on its choice any more. Deletes questions that ended long ago.
 */
export function createPollDueQuestions(
  dependencies: Dependencies,
  run: RunQuestion,
  beside: (work: Promise<unknown>) => void,
): () => Promise<void> {
  const forget = createDeleteOldQuestions(dependencies);
  return async () => {
    for (const question of await dependencies.questions.due(dependencies.clock.now(), questionsAtOnce))
      beside(run(question));
    await forget();
  };
}

const deletionIntervalMilliseconds = 60 * 60_000;
const deletedAtOnce = 200;

/**
 * Deletes questions that ended more than 30 days ago, or before the retention began, once an hour, a batch at a time. What the trail says of them stays.
 * A failure is tried again an hour later.
 */
function createDeleteOldQuestions({
  questions,
  clock,
  retentionMilliseconds,
}: Pick<Dependencies, 'questions' | 'clock' | 'retentionMilliseconds'>): () => Promise<void> {
  const kept = Math.min(useCaseTunables.questionRetentionMilliseconds, retentionMilliseconds);
  let next = 0;
  return async () => {
    const now = clock.now();
    if (now < next) return;
    next = now + deletionIntervalMilliseconds;
    const deleted = await questions.deleteEnded(now - kept, deletedAtOnce, now);
    if (deleted === deletedAtOnce) next = now;
  };
}
