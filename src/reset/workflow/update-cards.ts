import { workflowTunables } from '../../base/index.ts';
import { findReminderTime } from '../policy/approval.ts';
import type { Dependencies } from '../dependencies.ts';
import type { UpdateOutcome } from '../ports/messages.ts';
import type { ResetRequest } from '../request.ts';
import { isWaitingForConfirmation, owesEndOfApprovalNotice } from '../request-status.ts';
import { makeStep } from '../step.ts';
import { commitStep, type StepOutcome } from './commit-step.ts';
import { messageDelay } from './retry-delays.ts';

const done: UpdateOutcome = { kind: 'done' };

/**
 * Shows on every open message of a request what became of it. Also tells the requester if an approval was asked for in vain.
 * None of these messages holds a password. What a chat does not take now is repeated, up to `workflowTunables.maxCardUpdates`.
 */
export async function updateCards(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const tellMessage = request.directMessage !== undefined && request.deliveredAt === undefined;
  const [message, card, copies, told] = await Promise.all([
    tellMessage ? dependencies.messages.updateDirectMessage(request, undefined) : done,
    request.card ? dependencies.messages.updateRequestCard(request) : done,
    // While the request waits for approval, its copies stay as they were posted.
    request.state === 'awaiting-approval' ? done : updateApprovalCards(dependencies, request),
    owesEndOfApprovalNotice(request) ? dependencies.messages.sendEndOfApprovalNotice(request) : done,
  ]);
  const isTold = request.approval?.isTold === true || (owesEndOfApprovalNotice(request) && told.kind !== 'try-again');
  const approval = request.approval && { ...request.approval, isTold };
  const again = [message, card, copies, told].some(({ kind }) => kind === 'try-again');
  if (again && request.putOff < workflowTunables.maxCardUpdates) {
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
  // A card that may not show what came up is not weighed by typing `confirm`.
  const isUnseen = isWaitingForConfirmation(request) && (request.card === undefined || card.kind !== 'done');
  const step = makeStep(
    request,
    {
      approval,
      cardIsOwed: isUnseen,
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

/**
 * When the row is due next. A request that needs attention stays due, because an instance with its sealing key may start.
 */
function nextDueAt(request: ResetRequest, now: number): number | undefined {
  const { state, hideAt, approval, confirmBy } = request;
  if (isWaitingForConfirmation(request)) return confirmBy;
  if (state === 'delivered') return hideAt;
  if (state === 'awaiting-approval' && approval !== undefined) return findReminderTime(approval) ?? approval.approveBy;
  if (state === 'needs-attention') return now + workflowTunables.sealingKeyWaitMilliseconds;
  return state === 'hidden' ? request.latePut?.hideAgainAt : undefined;
}

/** Updates every copy of the card that asked for an approval. Returns the worst outcome, `try-again` first. */
export async function updateApprovalCards(
  { messages }: Pick<Dependencies, 'messages'>,
  request: ResetRequest,
): Promise<UpdateOutcome> {
  const cards = (request.approval?.places ?? []).flatMap(({ card }) => card ?? []);
  const outcomes = await Promise.all(cards.map((card) => messages.updateApprovalCard(request, card)));
  const again = outcomes.find(({ kind }) => kind === 'try-again');
  return again ?? outcomes.find(({ kind }) => kind !== 'done') ?? { kind: 'done' };
}
