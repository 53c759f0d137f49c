import type { Step } from '../../audit-entry.ts';
import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { PutOutcome } from '../../ports/messages.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { messageDelay, unseenMilliseconds } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { isLeftToAnother } from '../is-left-to-another.ts';
import { giveUpDelivery } from './give-up-delivery.ts';
import { handOver } from './hand-over.ts';
import { mayHold } from './may-hold.ts';
import { openSeal } from './open-seal.ts';
import { putOffDelivery } from './put-off-delivery.ts';
import { renewedLease } from './renewed-lease.ts';
import { retirePlaceholder } from './retire-placeholder.ts';
import { swapStep } from './swap-step.ts';

/**
 * Teams now and then says of a message that stands that it is gone. Once a try may have put the password there it is
 * believed after so many only: another message would leave the first one showing the password for longer than it should.
 */
const goneAfter = 4;

/** Puts the password into the direct message that stands open. It goes on until it is done: the password exists once. */
export async function deliver(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const opened = openSeal(tools, request);
  if (opened.kind === 'broken') return putOffDelivery(tools, request, 'seal-broken');
  if (opened.kind === 'key-missing') {
    return isLeftToAnother(tools, request, now)
      ? handOver(tools, request, { why: opened.kind })
      : giveUpDelivery(tools, request, { why: opened.kind, by: undefined });
  }
  const inMessage = tools.delivery === 'message';
  const hideAt = now + (inMessage ? tools.policy().showPasswordForMinutes * 60_000 : unseenMilliseconds);
  const delivered = makeStep(
    request,
    {
      state: 'delivered',
      heldBy: mayHold(tools, request),
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

function afterPut(tools: Tools, request: ResetRequest, put: PutOutcome, delivered: Step): Promise<Moved> {
  switch (put.kind) {
    case 'done':
      return swapStep(tools, request, delivered);
    case 'gone':
      return isGoneForSure(request) ? openAnother(tools, request) : putOffDelivery(tools, request, 'gone-perhaps');
    case 'refused':
    case 'try-again':
      return putOffDelivery(tools, request, put.kind);
  }
}

/** Whether a message that is said to be gone is, or no put without an answer may have left the password in it. */
function isGoneForSure({ putOff: times, endedAt }: ResetRequest): boolean {
  return endedAt !== undefined || times === 0 || times >= goneAfter;
}

/** Whoever was slower than their lease may have put the password back into a message that another has hidden since. */
async function hideAgain(tools: Tools, request: ResetRequest): Promise<void> {
  const now = await tools.store.find(request.id);
  const isOver = now?.state === 'hidden' || (now?.hideAt !== undefined && now.hideAt <= tools.clock.now());
  if (now === undefined || !isOver) return;
  const put = await tools.messages.putDirectMessage({ ...now, directMessage: request.directMessage }, undefined);
  tools.log({ level: 'warn', event: 'hidden-again', correlationId: request.correlationId, why: put.kind });
}

/** The message is gone: a new placeholder is posted, and the next step puts the password into that one. */
async function openAnother(tools: Tools, request: ResetRequest): Promise<Moved> {
  const opened = await tools.messages.openDirectMessage(request);
  if (opened.kind === 'closed') return putOffDelivery(tools, request, opened.why);
  const now = tools.clock.now();
  const when =
    request.putOff === 0 ? renewedLease(tools) : { lease: undefined, dueAt: now + messageDelay(request.putOff) };
  const step = makeStep(
    request,
    { directMessage: opened.address, putOff: request.putOff + 1, ...when },
    { at: now, kind: 'message-opened', actor: 'locksmith', facts: { again: true } },
  );
  const moved = await swapStep(tools, request, step);
  if (moved.kind === 'stale') await retirePlaceholder(tools, request, opened.address);
  return moved;
}
