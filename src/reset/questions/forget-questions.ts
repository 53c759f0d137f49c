import type { Tools } from '../tools.ts';

const keptMilliseconds = 30 * 24 * 60 * 60_000;
const everyMilliseconds = 60 * 60_000;
const atOnce = 200;

/**
 * Deletes questions that ended more than 30 days ago, once an hour, a batch at a time. What the trail says of them stays.
 * A failure is tried again an hour later.
 */
export function createForgetQuestions({ questions, clock }: Pick<Tools, 'questions' | 'clock'>): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = clock.now();
    if (now < next) return;
    next = now + everyMilliseconds;
    const deleted = await questions.deleteEnded(now - keptMilliseconds, atOnce);
    if (deleted === atOnce) next = now;
  };
}
