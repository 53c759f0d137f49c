import { workflowTunables } from '../../../base/index.ts';
import { identifyRequest } from '../../alarm.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { Technician } from '../../identity.ts';
import { isLeased, type ResetRequest } from '../../request.ts';
import { makeStep } from '../../step.ts';
import { commitStep, renewLease, type RunRequest, type StepOutcome } from '../commit-step.ts';
import { messageDelay } from '../retry-delays.ts';
import { isLeftToAnother, messagesWithPassword, reportSealingKeyMissing } from '../sealed-password.ts';
import { noteOvertaken } from './late-put.ts';

/** Why an attempt fails that a later one may pass without anybody doing anything. */
const passingReasons: ReadonlySet<string> = new Set(['try-again', 'gone-perhaps', 'roster-silent', 'groups-unknown']);

/**
 * Plans the next attempt after one failed, or gives the delivery up.
 *
 * One notice goes to the chat where the reset was asked for. From then on the request counts as ended for the requester.
 * Rule: the password is kept for eight hours, and only a failed attempt after that time ends it, the fifth one at the
 * earliest. So a bot that was down for longer still tries before it gives up.
 */
export async function postponeDelivery(
  dependencies: Dependencies,
  before: ResetRequest,
  why: string,
): Promise<StepOutcome> {
  const request = why === 'try-again' ? { ...before, heldBy: messagesWithPassword(dependencies, before) } : before;
  const now = dependencies.clock.now();
  const { endedAt, deliverBy } = request;
  dependencies.log({ level: 'warn', event: 'delivery-put-off', correlationId: request.correlationId, why });
  const isOver = deliverBy !== undefined && now >= deliverBy && request.putOff >= workflowTunables.minDeliveryAttempts;
  if (isOver) return giveUpDelivery(dependencies, request, { why, by: undefined });
  const mayPass = passingReasons.has(why);
  const tell = endedAt === undefined && (!mayPass || request.putOff >= workflowTunables.tellUndeliveredAfterAttempts);
  // Removes the buttons of the card now. It is updated again when the password is delivered.
  if (request.putOff === 0) await dependencies.messages.updateRequestCard(request);
  // Last before the step: if the step fails, this notice is posted once more.
  if (tell) await dependencies.messages.sendUndeliveredNotice(request);
  const step = makeStep(
    request,
    {
      putOff: request.putOff + 1,
      endedAt: tell ? now : endedAt,
      // A row from an older version has no limit yet: its time runs from now.
      deliverBy: deliverBy ?? now + workflowTunables.undeliveredPasswordMilliseconds,
      lease: undefined,
      dueAt: now + messageDelay(request.putOff),
    },
    { at: now, kind: 'delivery-put-off', actor: 'locksmith', facts: { why, times: request.putOff + 1 } },
  );
  return commitStep(dependencies, request, step);
}

/**
 * Ends a request whose password cannot be delivered. The password is erased, the user is free for another reset, and the
 * requester gets a notice in the chat where they asked.
 *
 * Rule: only after a failed attempt to deliver, and only when the time is over or a person closes the request; or at once if
 * the requester has lost the right, or others would read it. A message that
 * may hold the password all the same, or its button, is hidden first: the request is then `delivered` with its time over.
 */
export async function giveUpDelivery(
  dependencies: Dependencies,
  request: ResetRequest,
  why: { readonly why: string; readonly by: Technician | undefined },
): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const { by } = why;
  const ended = {
    sealedPassword: undefined,
    endedAt: request.endedAt ?? now,
    endedBy: by?.name,
    // Set where only a button was delivered, and no one has pressed it.
    deliveredAt: undefined,
    putOff: 0,
    cardIsOwed: true,
    lease: undefined,
    dueAt: now,
  };
  const isOffered = request.state === 'delivered';
  const mayStandSomewhere = (request.state === 'delivering' || isOffered) && request.heldBy.length > 0;
  const step = makeStep(
    request,
    mayStandSomewhere || isOffered
      ? { ...ended, state: 'delivered', hideAt: now }
      : { ...ended, state: 'hidden', hiddenAt: now },
    {
      at: now,
      kind: by === undefined ? 'given-up' : 'closed',
      actor: by?.objectId ?? 'locksmith',
      facts: { why: why.why, mayStandSomewhere },
    },
  );
  const moved = await commitStep(dependencies, request, step);
  if (moved.kind !== 'moved') return moved;
  if (by === undefined) {
    const cause = why.why === 'right-ended' || why.why === 'not-alone' ? why.why : 'undelivered';
    dependencies.raiseAlarm({ kind: 'given-up', ...identifyRequest(request), why: cause });
    // The chat takes messages, and its placeholder still promises a password.
    if (cause !== 'undelivered') await dependencies.messages.updateDirectMessage(moved.request, undefined);
  }
  if (by?.objectId !== request.technician.objectId) await dependencies.messages.sendUndeliveredNotice(moved.request);
  await dependencies.messages.updateRequestCard(moved.request);
  return moved;
}

/**
 * Makes the function that delivers a waiting password at once, because of something that this person did. It resolves when the
 * password is delivered or the attempt has failed.
 *
 * A request that any process has leased is not touched. A request whose sealing key is missing here becomes due at once for an
 * instance that has the key.
 */
export function createDeliverNow(dependencies: Dependencies, run: RunRequest) {
  return async (request: ResetRequest, who: Technician): Promise<void> => {
    const now = dependencies.clock.now();
    if (isLeased(request, now)) return;
    const overtaken = noteOvertaken(dependencies, request);
    const facts = { because: who.objectId };
    if (isLeftToAnother(dependencies, request, now)) {
      reportSealingKeyMissing(dependencies, request);
      if (request.dueAt !== undefined && request.dueAt <= now) return;
      const handed = { at: now, kind: 'handed-over', actor: 'locksmith', facts } as const;
      await commitStep(
        dependencies,
        request,
        makeStep(request, { ...overtaken, lease: undefined, dueAt: now }, handed),
      );
      return;
    }
    const entry = { at: now, kind: 'taken-over', actor: 'locksmith', facts } as const;
    const taken = await commitStep(
      dependencies,
      request,
      makeStep(request, { ...overtaken, ...renewLease(dependencies) }, entry),
    );
    if (taken.kind === 'moved') await run(taken.request, { isClaimed: true });
  };
}

/**
 * Makes the function that delivers what waits for a person who has just written to the bot. Until then Teams may have refused
 * messages to them.
 */
export function createOnUserMessage(
  dependencies: Dependencies,
  deliverNow: ReturnType<typeof createDeliverNow>,
): (technician: Technician) => Promise<void> {
  return async (technician) => {
    const waiting = await dependencies.store.undelivered(technician.objectId, technician.tenantId);
    await Promise.all(waiting.map((request) => deliverNow(request, technician)));
  };
}
