import type { Dependencies } from '../dependencies.ts';
import type { UpdateOutcome } from '../ports/messages.ts';
import { owesEndOfApprovalNotice, type ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { commitStep } from './commit-step.ts';
import { messageDelay, sealingKeyWaitMilliseconds } from './retry.ts';
import type { StepOutcome } from './commit-step.ts';

/** A card that cannot be updated any more is not worth more tries than this. */
const maxCardTries = 12;

const done: UpdateOutcome = { kind: 'done' };

/**
 * Shows on every message that stands open what became of the request, and tells who asked where a second person was waited
 * for in vain: at least once, whatever the cards do. Messages hold no password here.
 */
export async function updateCards(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const tellMessage = request.directMessage !== undefined && request.deliveredAt === undefined;
  const [message, card, copies, told] = await Promise.all([
    tellMessage ? dependencies.messages.updateDirectMessage(request, undefined) : done,
    request.card ? dependencies.messages.updateRequestCard(request) : done,
    // While it waits its copies ask, and stand as they were put up.
    request.state === 'awaiting-approval' ? done : updateApprovalCards(dependencies, request),
    owesEndOfApprovalNotice(request) ? dependencies.messages.sendEndOfApprovalNotice(request) : done,
  ]);
  const isTold = request.approval?.isTold === true || (owesEndOfApprovalNotice(request) && told.kind !== 'try-again');
  const approval = request.approval && { ...request.approval, isTold };
  const again = [message, card, copies, told].some(({ kind }) => kind === 'try-again');
  if (again && request.putOff < maxCardTries) {
    const latest = nextDueAt(request, now) ?? Infinity;
    const dueAt = Math.min(now + messageDelay(request.putOff), latest);
    const facts = { done: false, times: request.putOff + 1 };
    const entry = { at: now, kind: 'card-answered', actor: 'locksmith', facts } as const;
    return commitStep(
      dependencies,
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
      dueAt: nextDueAt(request, now),
    },
    {
      at: now,
      kind: 'card-answered',
      actor: 'locksmith',
      facts: { done: !again, card: card.kind, message: message.kind, copies: copies.kind },
    },
  );
  return commitStep(dependencies, request, step);
}

/** When the row has to be looked at next. What needs attention is tried again: an instance may come that has its key. */
function nextDueAt({ state, hideAt, approval }: ResetRequest, now: number): number | undefined {
  if (state === 'delivered') return hideAt;
  if (state === 'awaiting-approval') return approval?.approveBy;
  return state === 'needs-attention' ? now + sealingKeyWaitMilliseconds : undefined;
}

/** Shows on every copy of the card that asked for an approval how the request stands; the least that one of them took. */
export async function updateApprovalCards(
  { messages }: Pick<Dependencies, 'messages'>,
  request: ResetRequest,
): Promise<UpdateOutcome> {
  const cards = (request.approval?.places ?? []).flatMap(({ card }) => card ?? []);
  const outcomes = await Promise.all(cards.map((card) => messages.updateApprovalCard(request, card)));
  const again = outcomes.find(({ kind }) => kind === 'try-again');
  return again ?? outcomes.find(({ kind }) => kind !== 'done') ?? { kind: 'done' };
}
