import { useCaseTunables, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';

const { removalIntervalMilliseconds, removedAtOnce } = workflowTunables;

/**
 * Deletes questions that ended more than 30 days ago, or before the retention began, once an hour, a batch at a time. What the
 * trail says of them stays.
 * A failure is tried again an hour later.
 */
export function createDeleteOldQuestions({
  questions,
  clock,
  retentionMilliseconds,
}: Pick<Dependencies, 'questions' | 'clock' | 'retentionMilliseconds'>): () => Promise<void> {
  const kept = Math.min(useCaseTunables.questionRetentionMilliseconds, retentionMilliseconds);
  let next = 0;
  return async () => {
    const now = clock.now();
    if (now < next) return;
    next = now + removalIntervalMilliseconds;
    const deleted = await questions.deleteEnded(now - kept, removedAtOnce, now);
    if (deleted === removedAtOnce) next = now;
  };
}

/**
 * Makes the function that removes what no one needs any more: requests that were over before the retention began, people who
 * have not written since, and notes that were given up before. It does so once an hour, a batch at a time. The trail keeps
 * what it says of them, for ever. Each hour it also holds the contacts that are left against the trail. A failure is tried again an
 * hour later.
 */
export function createRemoveOld({
  store,
  contacts,
  notes,
  clock,
  retentionMilliseconds,
}: Pick<Dependencies, 'store' | 'contacts' | 'notes' | 'clock' | 'retentionMilliseconds'>): () => Promise<void> {
  let next = 0;
  let isWholeBatch = false;
  return async () => {
    const now = clock.now();
    if (now < next) return;
    next = now + removalIntervalMilliseconds;
    const goesOn = isWholeBatch;
    isWholeBatch = false;
    // No one may ask for a contact for months, and one that is missing is not seen where all are read.
    if (!goesOn) await contacts.verify();
    const before = now - retentionMilliseconds;
    const facts = { why: 'retention', endedBefore: before };
    const entry = { at: now, kind: 'row-removed', actor: 'locksmith', facts } as const;
    const removed = await store.removeEnded(before, removedAtOnce, entry);
    const forgotten = await contacts.removeSilent(before, removedAtOnce, entry);
    const dropped = await notes?.removeGivenUp(before, removedAtOnce, entry);
    isWholeBatch = [removed, forgotten, dropped].includes(removedAtOnce);
    if (isWholeBatch) next = now;
  };
}
