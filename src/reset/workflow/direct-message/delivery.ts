import { type Secret, workflowTunables } from '../../../base/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { MessageAddress } from '../../identity.ts';
import { isPermittedFor } from '../../policy/rights.ts';
import type { Readers, UpdateOutcome } from '../../ports/messages.ts';
import type { NotPermitted } from '../../refusal.ts';
import type { ResetRequest } from '../../request.ts';
import type { AuditEntry } from '../../audit-entry.ts';
import { makeStep, type Step } from '../../step.ts';
import { commitStep, releaseLease, renewLease, requireAttention, type StepOutcome } from '../commit-step.ts';
import { ensureLease, holdLease } from '../keep-lease.ts';
import { isLeftToAnother, messagesWithPassword, openSealedPassword, withMessages } from '../sealed-password.ts';
import { updateCards } from '../update-cards.ts';
import { openAnotherDirectMessage } from './open-direct-message.ts';
import { giveUpDelivery, postponeDelivery } from './undelivered.ts';

/**
 * Commits the state `delivering` before any message holds the password. Rule: after this step there is no PATCH, ever.
 * Otherwise a late PATCH could replace a password that the requester has read already.
 */
export async function beginDelivery(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const opened = openSealedPassword(dependencies, request);
  if (opened.kind === 'key-missing' && isLeftToAnother(dependencies, request, now)) {
    return releaseLease(dependencies, request, { why: opened.kind });
  }
  const opens = opened.kind === 'opened';
  if (!opens && request.state === 'reset') {
    return requireAttention(dependencies, request, { kind: 'seal-broken', trouble: undefined });
  }
  if (!opens) return request.cardIsOwed ? updateCards(dependencies, request) : waitForPerson(dependencies, request);
  return commitStep(dependencies, request, makeDeliveryStep(dependencies, request));
}

/** The step that begins the delivery of a password that opens. */
export function makeDeliveryStep(dependencies: Dependencies, request: ResetRequest): Step {
  const now = dependencies.clock.now();
  const deliverBy = request.deliverBy ?? now + workflowTunables.undeliveredPasswordMilliseconds;
  return makeStep(
    request,
    { state: 'delivering', putOff: 0, deliverBy, ...renewLease(dependencies) },
    { at: now, kind: 'delivery-begun', actor: 'locksmith' },
  );
}

/**
 * Nothing can be delivered because the password does not open. The cards say so. The request ends when a person closes it, or
 * when its time to be delivered is over.
 */
async function waitForPerson(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const { deliverBy } = request;
  if (deliverBy !== undefined && now >= deliverBy) {
    return giveUpDelivery(dependencies, request, { why: 'seal-broken', by: undefined });
  }
  if (request.endedAt !== undefined) {
    const entry = { at: now, kind: 'delivery-put-off', actor: 'locksmith', facts: { why: 'seal-broken' } } as const;
    return commitStep(
      dependencies,
      request,
      makeStep(request, { lease: undefined, dueAt: now + workflowTunables.sealingKeyWaitMilliseconds }, entry),
    );
  }
  const step = makeStep(
    request,
    { endedAt: now, cardIsOwed: true, dueAt: now },
    { at: now, kind: 'needs-attention', actor: 'locksmith', facts: { why: 'nothing-to-deliver' } },
  );
  return commitStep(dependencies, request, step);
}

/**
 * Puts the password into the direct message. It is repeated until it succeeds or is given up, because the password exists
 * only here and at Microsoft.
 */
export async function deliver(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const opened = openSealedPassword(dependencies, request);
  if (opened.kind === 'broken') return postponeDelivery(dependencies, request, 'seal-broken');
  if (opened.kind === 'key-missing') {
    return isLeftToAnother(dependencies, request, now)
      ? releaseLease(dependencies, request, { why: opened.kind })
      : giveUpDelivery(dependencies, request, { why: opened.kind, by: undefined });
  }
  const { request: held, result: found } = await holdLease(dependencies, request, lookBeforePut(dependencies, request));
  const stopped = stopBeforePut(dependencies, held, found, opened.secret);
  if (stopped !== undefined) return stopped;
  // Rule: a process that was slower than its lease puts nothing: another one may have hidden the password since.
  const ensured = await ensureLease(dependencies, held);
  return ensured.kind === 'moved' ? put(dependencies, ensured.request, opened.secret) : ensured;
}

async function put(dependencies: Dependencies, request: ResetRequest, password: Secret): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const inMessage = dependencies.delivery === 'message';
  const hideAt =
    now +
    (inMessage
      ? dependencies.policy().showPasswordForMinutes * 60_000
      : workflowTunables.undeliveredPasswordMilliseconds);
  const delivered = makeStep(
    request,
    {
      state: 'delivered',
      heldBy: messagesWithPassword(dependencies, request),
      deliveredAt: now,
      endedAt: now,
      hideAt,
      putOff: 0,
      cardIsOwed: true,
      lease: undefined,
      dueAt: now,
    },
    {
      at: now,
      kind: 'delivered',
      actor: 'locksmith',
      facts: { how: dependencies.delivery, ...describeAddress(request.directMessage) },
    },
  );
  const shown = inMessage ? password : undefined;
  const outcome = await dependencies.messages.updateDirectMessage(delivered.after, shown);
  const moved = await afterPut(dependencies, request, outcome, { delivered, password });
  return moved.kind === 'stale' ? hideAgain(dependencies, request) : moved;
}

/** Looks up right before the put whether the requester still may have the password, and who else would read it. */
async function lookBeforePut(
  dependencies: Dependencies,
  request: ResetRequest,
): Promise<{ readonly permission: 'yes' | NotPermitted; readonly readers: Readers }> {
  const { technician, target } = request;
  const [permission, readers] = await Promise.all([
    isPermittedFor(dependencies, technician, target.customer.id),
    dependencies.messages.findReaders(request),
    dependencies.followUps?.recall(target.customer.id),
  ]);
  return { permission, readers };
}

/** Undefined: the password may be put. A right that cannot be read, and a roster that does not answer, put the delivery off. */
function stopBeforePut(
  dependencies: Dependencies,
  request: ResetRequest,
  { permission, readers }: Awaited<ReturnType<typeof lookBeforePut>>,
  password: Secret,
): Promise<StepOutcome> | undefined {
  if (permission === 'groups-unknown') return postponeDelivery(dependencies, request, permission);
  if (permission !== 'yes') return giveUpDelivery(dependencies, request, { why: 'right-ended', by: undefined });
  switch (readers.kind) {
    case 'requester':
      return undefined;
    case 'others':
      return giveUpDelivery(dependencies, request, { why: 'not-alone', by: undefined });
    case 'gone':
      return afterGone(dependencies, request, password);
    case 'refused':
      return postponeDelivery(dependencies, request, readers.kind);
    case 'try-again':
      return postponeDelivery(dependencies, request, 'roster-silent');
  }
}

function afterGone(dependencies: Dependencies, request: ResetRequest, password: Secret): Promise<StepOutcome> {
  return isSurelyGone(request)
    ? openAnotherDirectMessage(dependencies, request, password)
    : postponeDelivery(dependencies, request, 'gone-perhaps');
}

function afterPut(
  dependencies: Dependencies,
  request: ResetRequest,
  put: UpdateOutcome,
  { delivered, password }: { readonly delivered: Step; readonly password: Secret },
): Promise<StepOutcome> {
  switch (put.kind) {
    case 'done':
      return commitStep(dependencies, request, delivered);
    case 'gone':
      return afterGone(dependencies, request, password);
    case 'refused':
    case 'try-again':
      return postponeDelivery(dependencies, request, put.kind);
  }
}

/**
 * Whether to believe Teams that the message is gone. Teams sometimes reports a message as gone that stands. A message in which
 * an attempt may have put the password is therefore believed gone only after several attempts. Replaced too early, it would
 * show the password for longer than the policy allows.
 */
function isSurelyGone({ putOff: times, endedAt }: ResetRequest): boolean {
  return endedAt !== undefined || times === 0 || times >= workflowTunables.goneAfterDeliveryAttempts;
}

/**
 * A process that was slower than its lease may have put the password back into a message that another instance has hidden
 * since. Then the message owes another hiding, which is repeated until it succeeds, by any instance.
 */
export async function hideAgain(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const { store, clock, log } = dependencies;
  const current = await store.find(request.id);
  // Before that, the hiding is still to come.
  if (current?.state !== 'hidden' || request.directMessage === undefined) return { kind: 'stale' };
  const now = clock.now();
  const heldBy = withMessages(current.heldBy, [request.directMessage]);
  log({ level: 'warn', event: 'hidden-again', correlationId: request.correlationId });
  const step = makeStep(
    current,
    { heldBy, lease: undefined, dueAt: now, putOff: 0, timesGone: 0 },
    { at: now, kind: 'hiding-put-off', actor: 'locksmith', facts: { why: 'put-late', times: 0, left: heldBy.length } },
  );
  const moved = await commitStep(dependencies, current, step);
  return moved.kind === 'stale' ? hideAgain(dependencies, request) : moved;
}

/** Where a message stands, for the trail. */
function describeAddress(address: MessageAddress | undefined): AuditEntry['facts'] {
  if (address === undefined) return {};
  return { conversation: address.conversation.id, message: address.activityId };
}
