import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress } from '../identity.ts';
import type { PutOutcome } from '../ports/messages.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep, type Step } from '../step.ts';
import { requireAttention } from './attempt.ts';
import { updateCards } from './card-updates.ts';
import { commitGuardedStep, commitStep, refuse } from './commit-step.ts';
import { releaseLease, renewLease } from './lease.ts';
import { messageDelay, sealingKeyWaitMilliseconds, undeliveredPasswordMilliseconds } from './retry.ts';
import type { StepOutcome } from './commit-step.ts';
import { isLeftToAnother, messagesWithPassword, openSealedPassword, sealBinding } from './sealed-password.ts';
import { giveUpDelivery, postponeDelivery } from './undelivered.ts';

/** Opens the direct message with a placeholder. Rule: no direct message, no reset. A placeholder that came second says so. */
export async function openDirectMessage(tools: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const opened = await tools.messages.openDirectMessage(request);
  if (opened.kind === 'closed') return refuse(tools, request, { kind: 'no-direct-message', why: opened.why });
  const step = makeStep(
    request,
    { state: 'message-open', directMessage: opened.address, ...renewLease(tools) },
    { at: tools.clock.now(), kind: 'message-opened', actor: 'locksmith' },
  );
  const moved = await commitStep(tools, request, step);
  if (moved.kind === 'stale') await retirePlaceholder(tools, request, opened.address);
  return moved;
}

/** Makes the one password of this request and stores it sealed, before anybody else knows it; a freeze forbids it. */
export function sealPassword(tools: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const sealedPassword = tools.sealer.seal(tools.makePassword(request.target), sealBinding(request));
  const step = makeStep(
    request,
    { state: 'sealed', sealedPassword, ...renewLease(tools) },
    { at: tools.clock.now(), kind: 'sealed', actor: 'locksmith', facts: { keyId: sealedPassword.keyId } },
  );
  return commitGuardedStep(tools, request, step);
}

/** Commits that delivery begins, before anything outside holds the password. Rule: after this there is no PATCH, ever. */
export async function beginDelivery(tools: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = tools.clock.now();
  const opened = openSealedPassword(tools, request);
  if (opened.kind === 'key-missing' && isLeftToAnother(tools, request, now)) {
    return releaseLease(tools, request, { why: opened.kind });
  }
  const opens = opened.kind === 'opened';
  if (!opens && request.state === 'reset') {
    return requireAttention(tools, request, { kind: 'seal-broken', trouble: undefined });
  }
  if (!opens) return request.cardIsOwed ? updateCards(tools, request) : waitForPerson(tools, request);
  const step = makeStep(
    request,
    {
      state: 'delivering',
      putOff: 0,
      deliverBy: request.deliverBy ?? now + undeliveredPasswordMilliseconds,
      ...renewLease(tools),
    },
    { at: now, kind: 'delivery-begun', actor: 'locksmith' },
  );
  return commitStep(tools, request, step);
}

/** Without a password that opens there is nothing to deliver: the cards say so, and a person closes it, or its time ends. */
async function waitForPerson(tools: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = tools.clock.now();
  const { deliverBy } = request;
  if (deliverBy !== undefined && now >= deliverBy) {
    return giveUpDelivery(tools, request, { why: 'seal-broken', by: undefined });
  }
  if (request.endedAt !== undefined) {
    const entry = { at: now, kind: 'delivery-put-off', actor: 'locksmith', facts: { why: 'seal-broken' } } as const;
    return commitStep(
      tools,
      request,
      makeStep(request, { lease: undefined, dueAt: now + sealingKeyWaitMilliseconds }, entry),
    );
  }
  const step = makeStep(
    request,
    { endedAt: now, cardIsOwed: true, dueAt: now },
    { at: now, kind: 'needs-attention', actor: 'locksmith', facts: { why: 'nothing-to-deliver' } },
  );
  return commitStep(tools, request, step);
}

/**
 * Teams now and then says of a message that stands that it is gone. Once a try may have put the password there it is
 * believed after so many only: another message would leave the first one showing the password for longer than it should.
 */
const goneAfterDeliveries = 4;

/** Puts the password into the direct message that stands open. It goes on until it is done: the password exists once. */
export async function deliver(tools: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = tools.clock.now();
  const opened = openSealedPassword(tools, request);
  if (opened.kind === 'broken') return postponeDelivery(tools, request, 'seal-broken');
  if (opened.kind === 'key-missing') {
    return isLeftToAnother(tools, request, now)
      ? releaseLease(tools, request, { why: opened.kind })
      : giveUpDelivery(tools, request, { why: opened.kind, by: undefined });
  }
  const inMessage = tools.delivery === 'message';
  const hideAt = now + (inMessage ? tools.policy().showPasswordForMinutes * 60_000 : undeliveredPasswordMilliseconds);
  const delivered = makeStep(
    request,
    {
      state: 'delivered',
      heldBy: messagesWithPassword(tools, request),
      deliveredAt: now,
      endedAt: now,
      hideAt,
      putOff: 0,
      cardIsOwed: true,
      lease: undefined,
      dueAt: now,
    },
    { at: now, kind: 'delivered', actor: 'locksmith', facts: { how: tools.delivery } },
  );
  const put = await tools.messages.putDirectMessage(delivered.after, inMessage ? opened.secret : undefined);
  const moved = await afterPut(tools, request, put, delivered);
  if (moved.kind === 'stale') await hideAgain(tools, request);
  return moved;
}

function afterPut(tools: Dependencies, request: ResetRequest, put: PutOutcome, delivered: Step): Promise<StepOutcome> {
  switch (put.kind) {
    case 'done':
      return commitStep(tools, request, delivered);
    case 'gone':
      return isSurelyGone(request) ? openAnother(tools, request) : postponeDelivery(tools, request, 'gone-perhaps');
    case 'refused':
    case 'try-again':
      return postponeDelivery(tools, request, put.kind);
  }
}

/** Whether a message that is said to be gone is, or no put without an answer may have left the password in it. */
function isSurelyGone({ putOff: times, endedAt }: ResetRequest): boolean {
  return endedAt !== undefined || times === 0 || times >= goneAfterDeliveries;
}

/** Whoever was slower than their lease may have put the password back into a message that another has hidden since. */
async function hideAgain(tools: Dependencies, request: ResetRequest): Promise<void> {
  const now = await tools.store.find(request.id);
  const isOver = now?.state === 'hidden' || (now?.hideAt !== undefined && now.hideAt <= tools.clock.now());
  if (now === undefined || !isOver) return;
  const put = await tools.messages.putDirectMessage({ ...now, directMessage: request.directMessage }, undefined);
  tools.log({ level: 'warn', event: 'hidden-again', correlationId: request.correlationId, why: put.kind });
}

/** The message is gone: a new placeholder is posted, and the next step puts the password into that one. */
async function openAnother(tools: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const opened = await tools.messages.openDirectMessage(request);
  if (opened.kind === 'closed') return postponeDelivery(tools, request, opened.why);
  const now = tools.clock.now();
  const when =
    request.putOff === 0 ? renewLease(tools) : { lease: undefined, dueAt: now + messageDelay(request.putOff) };
  const step = makeStep(
    request,
    { directMessage: opened.address, putOff: request.putOff + 1, ...when },
    { at: now, kind: 'message-opened', actor: 'locksmith', facts: { again: true } },
  );
  const moved = await commitStep(tools, request, step);
  if (moved.kind === 'stale') await retirePlaceholder(tools, request, opened.address);
  return moved;
}

/** Says on a placeholder that came second that nothing will appear in it. Best effort: it holds no secret. */
async function retirePlaceholder(tools: Dependencies, request: ResetRequest, address: MessageAddress): Promise<void> {
  const put = await tools.messages.retirePlaceholder(request, address);
  tools.log({ level: 'info', event: 'placeholder-retired', correlationId: request.correlationId, why: put.kind });
}
