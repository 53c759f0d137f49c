import { workflowTunables } from '../../../base/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { MessageAddress } from '../../identity.ts';
import type { UpdateOutcome } from '../../ports/messages.ts';
import type { ResetRequest } from '../../request.ts';
import { makeStep } from '../../step.ts';
import { commitStep, type StepOutcome } from '../commit-step.ts';
import { hidingDelay } from '../retry-delays.ts';
import { withMessages } from '../sealed-password.ts';
import { noteOvertaken, oweLateHiding } from './late-put.ts';

/**
 * Removes the password from every message that may hold it, then marks the request as hidden. The first attempt erases the
 * sealed copy, whether or not the chat takes the update.
 *
 * Teams sometimes reports a message as gone that stands. So "gone" counts as hidden only after it was reported several times in
 * a row.
 */
export async function hidePassword(dependencies: Dependencies, given: ResetRequest): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const request = { ...given, ...noteOvertaken(dependencies, given) };
  const again = oweLateHiding(request, now);
  const hidden = makeStep(
    request,
    {
      state: 'hidden',
      heldBy: [],
      hiddenAt: request.hiddenAt ?? now,
      timesGone: 0,
      sealedPassword: undefined,
      messageOwed: undefined,
      ...again,
      lease: undefined,
      putOff: 0,
      dueAt: request.cardIsOwed ? now : again.latePut?.hideAgainAt,
    },
    { at: now, kind: 'hidden', actor: 'locksmith', facts: request.hiddenAt === undefined ? {} : { again: true } },
  );
  // Until the first attempt erased the sealed copy, `putOff` counted updates of the card.
  const times = request.sealedPassword === undefined ? request.putOff : 0;
  const left: { readonly message: MessageAddress; readonly why: UpdateOutcome['kind'] }[] = [];
  for (const message of messagesOf(request)) {
    const { kind } = await dependencies.messages.updateDirectMessage(
      { ...hidden.after, directMessage: message },
      undefined,
    );
    if (kind !== 'done') left.push({ message, why: kind });
  }
  const isGone = left.every(({ why }) => why === 'gone');
  if (left.length === 0 || (isGone && request.timesGone >= workflowTunables.goneAfterHidingAttempts))
    return commitStep(dependencies, request, hidden);
  const why = left.find((one) => one.why !== 'gone')?.why ?? 'gone';
  const timesGone = isGone ? request.timesGone + 1 : 0;
  dependencies.log({ level: 'warn', event: 'hiding-put-off', correlationId: request.correlationId, why });
  const step = makeStep(
    request,
    {
      sealedPassword: undefined,
      heldBy: left.map(({ message }) => message),
      putOff: times + 1,
      timesGone,
      lease: undefined,
      dueAt: now + hidingDelay(times),
    },
    { at: now, kind: 'hiding-put-off', actor: 'locksmith', facts: { why, times: times + 1, left: left.length } },
  );
  return commitStep(dependencies, request, step);
}

/** The present direct message and the earlier ones that may hold the password, or come to hold it, each once. */
function messagesOf({ directMessage, heldBy, latePut }: ResetRequest): readonly MessageAddress[] {
  const earlier = withMessages(heldBy, latePut?.into ?? []);
  return directMessage === undefined ? earlier : withMessages([directMessage], earlier);
}

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
    if (tried < workflowTunables.maxLostSwaps) return replaceEarlier(dependencies, request, tried + 1);
    dependencies.log({ level: 'warn', event: 'earlier-not-replaced', correlationId: one.correlationId });
  }
}

/** When its password was set, or may have been. */
function setAt({ resetAt, deliveredAt, confirmedAt, proposedAt }: ResetRequest): number {
  return resetAt ?? deliveredAt ?? confirmedAt ?? proposedAt;
}
