import type { Moved } from '../carry-out.ts';
import { makeStep } from '../make-step.ts';
import type { PutOutcome } from '../ports.ts';
import type { ResetRequest } from '../reset-request.ts';
import { messageDelay, untilAnotherKey } from '../retry-rules.ts';
import type { Tools } from '../tools.ts';
import { waitedInVain } from '../waited-in-vain.ts';
import { putCopies } from './put-copies.ts';
import { swapStep } from './swap-step.ts';

/** A card that cannot be updated any more is not worth more tries than this. */
const mostTries = 12;

/** Shows on every message that stands open what became of the request. Messages hold no password here. */
export async function answerCards(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const tellMessage = request.directMessage !== undefined && request.deliveredAt === undefined;
  const message: PutOutcome = tellMessage
    ? await tools.messages.putDirectMessage(request, undefined)
    : { kind: 'done' };
  const card: PutOutcome = request.card ? await tools.messages.putCard(request) : { kind: 'done' };
  // While it waits its copies ask, and stand as they were put up.
  const copies: PutOutcome = request.state === 'awaiting-approval' ? { kind: 'done' } : await putCopies(tools, request);
  const again = [message, card, copies].some(({ kind }) => kind === 'try-again');
  if (again && request.putOff < mostTries) {
    const latest = nextLook(request, now) ?? Infinity;
    const dueAt = Math.min(now + messageDelay(request.putOff), latest);
    const facts = { done: false, times: request.putOff + 1 };
    const entry = { at: now, kind: 'card-answered', actor: 'locksmith', facts } as const;
    return swapStep(tools, request, makeStep(request, { putOff: request.putOff + 1, lease: undefined, dueAt }, entry));
  }
  const step = makeStep(
    request,
    {
      cardIsOwed: false,
      putOff: 0,
      lease: undefined,
      dueAt: nextLook(request, now),
    },
    {
      at: now,
      kind: 'card-answered',
      actor: 'locksmith',
      facts: { done: !again, card: card.kind, message: message.kind, copies: copies.kind },
    },
  );
  const moved = await swapStep(tools, request, step);
  // After the swap, so that it is said once at most.
  if (moved.kind === 'moved' && waitedInVain(moved.request)) await tools.messages.sayEndOfWait(moved.request);
  return moved;
}

/** When the row has to be looked at next. What needs attention is tried again: an instance may come that has its key. */
function nextLook({ state, hideAt, approval }: ResetRequest, now: number): number | undefined {
  if (state === 'delivered') return hideAt;
  if (state === 'awaiting-approval') return approval?.approveBy;
  return state === 'needs-attention' ? now + untilAnotherKey : undefined;
}
