import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { commitStep } from './commit-step.ts';
import { renewLease } from './lease.ts';
import { messageDelay, undeliveredPasswordMilliseconds } from './retry.ts';
import type { RunRequest, StepOutcome } from './commit-step.ts';
import { isLeftToAnother, messagesWithPassword, reportSealingKeyMissing } from './sealed-password.ts';

/** A chat that takes nothing for so many attempts, some minutes, is worth a word though it may take the next one. */
const tellAfterAttempts = 8;

/** A bot that was down while a password's time ran out puts it off this often before it gives up. */
const minAttempts = 4;

/**
 * An attempt to deliver has failed: it is tried again later, until its time is up. The chat where it was asked hears of it
 * once; then the request counts as ended for the requester. Rule: a password is kept as long as it may still be delivered,
 * for eight hours, like one that nobody looks at, and it is an attempt that failed after them which ends it, the fifth at
 * the earliest. So a bot that was down for longer tries before it gives up.
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
  const isOver = deliverBy !== undefined && now >= deliverBy && request.putOff >= minAttempts;
  if (isOver) return giveUpDelivery(dependencies, request, { why, by: undefined });
  const mayPass = why === 'try-again' || why === 'gone-perhaps';
  const tell = endedAt === undefined && (!mayPass || request.putOff >= tellAfterAttempts);
  // The card loses its buttons now; once the password is delivered it is answered again.
  if (request.putOff === 0) await dependencies.messages.updateRequestCard(request);
  // Last before the step, because what is posted twice is read twice.
  if (tell) await dependencies.messages.sendUndeliveredNotice(request);
  const step = makeStep(
    request,
    {
      putOff: request.putOff + 1,
      endedAt: tell ? now : endedAt,
      // What an older program began to deliver has its time from now on.
      deliverBy: deliverBy ?? now + undeliveredPasswordMilliseconds,
      lease: undefined,
      dueAt: now + messageDelay(request.putOff),
    },
    { at: now, kind: 'delivery-put-off', actor: 'locksmith', facts: { why, times: request.putOff + 1 } },
  );
  return commitStep(dependencies, request, step);
}

/**
 * Ends a request whose password cannot be brought to its requester: it is erased, the user is free for another reset, and
 * the requester is told where they asked. Rule: only after an attempt to deliver that failed, and only when its time is up
 * or somebody wants it closed. A message that may hold the password all the same is hidden first, until that is done.
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
    putOff: 0,
    cardIsOwed: true,
    lease: undefined,
    dueAt: now,
  };
  const mayStandSomewhere = request.state === 'delivering' && request.heldBy.length > 0;
  const step = makeStep(
    request,
    mayStandSomewhere ? { ...ended, state: 'delivered', hideAt: now } : { ...ended, state: 'hidden', hiddenAt: now },
    {
      at: now,
      kind: by === undefined ? 'given-up' : 'closed',
      actor: by?.objectId ?? 'locksmith',
      facts: { why: why.why, mayStandSomewhere },
    },
  );
  const moved = await commitStep(dependencies, request, step);
  if (moved.kind !== 'moved') return moved;
  if (by === undefined) dependencies.raiseAlarm({ kind: 'given-up', ...identifyRequest(request), why: 'undelivered' });
  if (by?.objectId !== request.technician.objectId) await dependencies.messages.sendUndeliveredNotice(moved.request);
  await dependencies.messages.updateRequestCard(moved.request);
  return moved;
}

/**
 * Tries to deliver what waits now and not when its next try is due, because of something that this person did. Resolves
 * when that is done or put off again. Work that somebody has a lease on is left to them, and what is sealed with a key that is
 * missing here is due at once for whoever has it.
 */
export function createDeliverNow(dependencies: Dependencies, run: RunRequest) {
  return async (request: ResetRequest, who: Technician): Promise<void> => {
    const now = dependencies.clock.now();
    const { lease } = request;
    if (lease !== undefined && lease.until > now) return;
    // Whoever let their lease end may have put it there and not lived to hear of it.
    const heldBy = lease === undefined ? request.heldBy : messagesWithPassword(dependencies, request);
    const facts = { because: who.objectId };
    if (isLeftToAnother(dependencies, request, now)) {
      reportSealingKeyMissing(dependencies, request);
      if (request.dueAt !== undefined && request.dueAt <= now) return;
      const handed = { at: now, kind: 'handed-over', actor: 'locksmith', facts } as const;
      await commitStep(dependencies, request, makeStep(request, { heldBy, lease: undefined, dueAt: now }, handed));
      return;
    }
    const entry = { at: now, kind: 'taken-over', actor: 'locksmith', facts } as const;
    const taken = await commitStep(
      dependencies,
      request,
      makeStep(request, { heldBy, ...renewLease(dependencies) }, entry),
    );
    if (taken.kind === 'moved') await run(taken.request, { isClaimed: true });
  };
}

/**
 * Somebody wrote to the bot, so it may write to them: what waits to be delivered to them is delivered now and not when
 * its next try is due. Resolves when that is done or put off again.
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
