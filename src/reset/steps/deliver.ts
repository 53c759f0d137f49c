import type { Step } from '../audit-entry.ts';
import type { Moved } from '../carry-out.ts';
import { makeStep } from '../make-step.ts';
import type { PutOutcome } from '../ports.ts';
import type { ResetRequest } from '../reset-request.ts';
import { messageDelay } from '../retry-rules.ts';
import { sealBinding } from '../seal-binding.ts';
import type { Tools } from '../tools.ts';
import { renewedLease } from './renewed-lease.ts';
import { swapStep } from './swap-step.ts';

/** With `reveal`, how long a password waits for the first press of `Show password`. */
const unseenMilliseconds = 8 * 60 * 60_000;

/**
 * Teams now and then says of a message that stands that it is gone. Once a try may have put the password there it is
 * believed after so many only: another message would leave the first one showing the password for ever.
 */
const goneAfter = 4;

/** Puts the password into the direct message that stands open. It goes on until it is done: the password exists once. */
export async function deliver(tools: Tools, request: ResetRequest): Promise<Moved> {
  const { sealedPassword } = request;
  const password = sealedPassword && tools.sealer.open(sealedPassword, sealBinding(request));
  if (password === undefined) return putOff(tools, request, 'seal-broken');
  const now = tools.clock.now();
  const inMessage = tools.delivery === 'message';
  const hideAt = now + (inMessage ? tools.policy().showPasswordForMinutes * 60_000 : unseenMilliseconds);
  const delivered = makeStep(
    request,
    {
      state: 'delivered',
      deliveredAt: now,
      endedAt: now,
      hideAt,
      putOff: 0,
      cardIsOwed: true,
      lease: undefined,
      dueAt: now,
    },
    { at: now, kind: 'delivered', actor: 'locksmith' },
  );
  const put = await tools.messages.putDirectMessage(delivered.after, inMessage ? password : undefined);
  const moved = await afterPut(tools, request, put, delivered);
  if (moved.kind === 'stale') await hideAgain(tools, request);
  return moved;
}

function afterPut(tools: Tools, request: ResetRequest, put: PutOutcome, delivered: Step): Promise<Moved> {
  switch (put.kind) {
    case 'done':
      return swapStep(tools, request, delivered);
    case 'gone':
      return mayHoldIt(request) ? putOff(tools, request, 'gone-perhaps') : openAnother(tools, request);
    case 'refused':
    case 'try-again':
      return putOff(tools, request, put.kind);
  }
}

/** Whether a put without an answer may have left the password in the message. */
function mayHoldIt({ putOff: times, endedAt }: ResetRequest): boolean {
  return endedAt === undefined && times > 0 && times < goneAfter;
}

/** Whoever was slower than their lease may have put the password back into a message that another has hidden since. */
async function hideAgain(tools: Tools, request: ResetRequest): Promise<void> {
  const now = await tools.store.find(request.id);
  if (now?.state !== 'hidden') return;
  const put = await tools.messages.putDirectMessage({ ...now, directMessage: request.directMessage }, undefined);
  tools.log({ level: 'warn', event: 'hidden-again', correlationId: request.correlationId, why: put.kind });
}

/** The message is gone: a new placeholder is posted, and the next step puts the password into that one. */
async function openAnother(tools: Tools, request: ResetRequest): Promise<Moved> {
  const opened = await tools.messages.openDirectMessage(request);
  if (opened.kind === 'closed') return putOff(tools, request, opened.why);
  const now = tools.clock.now();
  const when =
    request.putOff === 0 ? renewedLease(tools) : { lease: undefined, dueAt: now + messageDelay(request.putOff) };
  const step = makeStep(
    request,
    { directMessage: opened.address, putOff: request.putOff + 1, ...when },
    { at: now, kind: 'message-opened', actor: 'locksmith', facts: { again: true } },
  );
  return swapStep(tools, request, step);
}

/** Tries again later. The chat where it was asked hears of it once: then the request counts as ended for the requester. */
async function putOff(tools: Tools, request: ResetRequest, why: string): Promise<Moved> {
  const now = tools.clock.now();
  const { endedAt } = request;
  const tell = endedAt === undefined && why !== 'try-again' && why !== 'gone-perhaps';
  if (tell) await tools.messages.sayUndelivered(request);
  // The card loses its buttons now; once the password is delivered it is answered again.
  if (request.putOff === 0) await tools.messages.putCard(request);
  tools.log({ level: 'warn', event: 'delivery-put-off', correlationId: request.correlationId, why });
  const step = makeStep(
    request,
    {
      putOff: request.putOff + 1,
      endedAt: tell ? now : endedAt,
      lease: undefined,
      dueAt: now + messageDelay(request.putOff),
    },
    { at: now, kind: 'delivery-put-off', actor: 'locksmith', facts: { why, times: request.putOff + 1 } },
  );
  return swapStep(tools, request, step);
}
