import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { PutOutcome } from '../../ports/messages.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { messageDelay, untilAnotherKey } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { owesEndOfWait } from '../../approval/owes-end-of-wait.ts';
import { putCopies } from './put-copies.ts';
import { swapStep } from './swap-step.ts';

/** A card that cannot be updated any more is not worth more tries than this. */
const mostTries = 12;

const done: PutOutcome = { kind: 'done' };

/**
 * Shows on every message that stands open what became of the request, and tells who asked where a second person was waited
 * for in vain: at least once, whatever the cards do. Messages hold no password here.
 */
export async function answerCards(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const tellMessage = request.directMessage !== undefined && request.deliveredAt === undefined;
  const [message, card, copies, told] = await Promise.all([
    tellMessage ? tools.messages.putDirectMessage(request, undefined) : done,
    request.card ? tools.messages.putCard(request) : done,
    // While it waits its copies ask, and stand as they were put up.
    request.state === 'awaiting-approval' ? done : putCopies(tools, request),
    owesEndOfWait(request) ? tools.messages.sayEndOfWait(request) : done,
  ]);
  const isTold = request.approval?.isTold === true || (owesEndOfWait(request) && told.kind !== 'try-again');
  const approval = request.approval && { ...request.approval, isTold };
  const again = [message, card, copies, told].some(({ kind }) => kind === 'try-again');
  if (again && request.putOff < mostTries) {
    const latest = nextLook(request, now) ?? Infinity;
    const dueAt = Math.min(now + messageDelay(request.putOff), latest);
    const facts = { done: false, times: request.putOff + 1 };
    const entry = { at: now, kind: 'card-answered', actor: 'locksmith', facts } as const;
    return swapStep(
      tools,
      request,
      makeStep(request, { approval, putOff: request.putOff + 1, lease: undefined, dueAt }, entry),
    );
  }
  const step = makeStep(
    request,
    {
      approval,
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
  return swapStep(tools, request, step);
}

/** When the row has to be looked at next. What needs attention is tried again: an instance may come that has its key. */
function nextLook({ state, hideAt, approval }: ResetRequest, now: number): number | undefined {
  if (state === 'delivered') return hideAt;
  if (state === 'awaiting-approval') return approval?.approveBy;
  return state === 'needs-attention' ? now + untilAnotherKey : undefined;
}
