import type { Dependencies } from '../dependencies.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';

/** Swaps that may be lost before an earlier password is left to its own time. */
const maxSwapTries = 5;

/**
 * Ends earlier passwords of the same user, once this request has certainly set a newer one: they are not valid any more. Each
 * becomes due to be hidden at once. It runs before the new password is delivered and again at each attempt, so a process that
 * dies loses none of it. Where it is unknown whether a new password is in force, an earlier one may be valid, and stays.
 */
export async function replaceEarlier(dependencies: Dependencies, request: ResetRequest, tried = 0): Promise<void> {
  const { store, clock } = dependencies;
  const { id, resetAt, correlationId, target } = request;
  if (resetAt === undefined) return;
  const shown = await store.shown(target.customer.id, target.user.id);
  const now = clock.now();
  const earlier = shown.filter((one) => one.id !== id && setAt(one) <= resetAt && one.replacedAt === undefined);
  for (const one of earlier) {
    const step = makeStep(
      one,
      {
        replacedAt: resetAt,
        sealedPassword: undefined,
        hideAt: Math.min(one.hideAt ?? now, now),
        dueAt: now,
        putOff: 0,
      },
      { at: now, kind: 'replaced', actor: 'locksmith', facts: { by: correlationId } },
    );
    // Stale where another step came first, such as a view: then it is read again.
    const swapped = await store.swap(one, step);
    if (swapped.kind === 'swapped') continue;
    if (tried < maxSwapTries) return replaceEarlier(dependencies, request, tried + 1);
    dependencies.log({ level: 'warn', event: 'earlier-not-replaced', correlationId: one.correlationId });
  }
}

/** When its password was set, or may have been. */
function setAt({ resetAt, deliveredAt, confirmedAt, proposedAt }: ResetRequest): number {
  return resetAt ?? deliveredAt ?? confirmedAt ?? proposedAt;
}
