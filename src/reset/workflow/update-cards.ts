import { readErrorCode, type ResetRequestId, workflowTunables } from '../../base/index.ts';
import { findReminderTime, isAskedEverywhere } from '../policy/approval.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress } from '../identity.ts';
import type { UpdateOutcome } from '../ports/messages.ts';
import {
  cardAddressOf,
  isLeased,
  isWaitingForConfirmation,
  owesEndOfApprovalNotice,
  type ResetRequest,
} from '../request.ts';
import { makeStep } from '../step.ts';
import { commitStep, type RunRequest, type StepOutcome } from './commit-step.ts';
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
  return state === 'needs-attention' ? now + workflowTunables.sealingKeyWaitMilliseconds : undefined;
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

export type CardAddresses = {
  /**
   * Stores where the card of a request stands, and says whether it is stored. If not, it stays pending. An active run of the
   * request is awaited first, and the card is updated afterwards if a press was faster. Never rejects.
   */
  readonly remember: (id: ResetRequestId, card: MessageAddress) => Promise<boolean>;
  /** Stores the message whose button was pressed, unless the address of the card is known already. Never rejects. */
  readonly rememberPressed: (request: ResetRequest, pressedMessage: MessageAddress) => Promise<void>;
  /** Retries pending addresses, one round at a time: all, or those whose wait has ended. Never rejects. */
  readonly retryPending: (which: 'all' | 'ended') => Promise<void>;
};

type PendingWrite = { readonly card: MessageAddress; readonly times: number; readonly until: number };

/**
 * Stores the addresses of cards. The bot learns an address only after it has posted the card, and a person may press before.
 *
 * An address that the store does not take now stays in memory and is retried less and less often. That happens when the store
 * fails, another instance has the lease, or presses win every swap. A later press brings the address again.
 */
export function createCardAddresses(dependencies: Dependencies, run: RunRequest): CardAddresses {
  const late = new Map<ResetRequestId, PendingWrite>();
  let round: Promise<void> | undefined;

  return {
    remember: (id, card) => remember(id, card, false),
    async rememberPressed(request, pressedMessage) {
      const card = cardAddressOf(request, pressedMessage);
      // The address that the posting itself reported is better than the one of a press.
      if (request.card !== undefined || card === undefined || late.has(request.id)) return;
      await remember(request.id, card, false);
    },
    async retryPending(which) {
      if (which === 'all') await round;
      round ??= keepSome(which).finally(() => {
        round = undefined;
      });
      await round;
    },
  };

  async function keepSome(which: 'all' | 'ended'): Promise<void> {
    const now = dependencies.clock.now();
    const wanted = [...late].filter(([, { until }]) => which === 'all' || until <= now);
    for (const [id, { card }] of wanted) await remember(id, card, true);
  }

  async function remember(id: ResetRequestId, card: MessageAddress, isPending: boolean): Promise<boolean> {
    const written = await write(id, card, isPending).catch((failure: unknown) => {
      const code = readErrorCode(failure) ?? 'defect';
      if (!late.has(id)) dependencies.log({ level: 'warn', event: 'card-address-late', code });
      return 'failed';
    });
    if (written === true) late.delete(id);
    else keepPending(id, card, written === 'failed');
    return written === true;
  }

  function keepPending(id: ResetRequestId, card: MessageAddress, hasFailed: boolean): void {
    if (late.size >= workflowTunables.maxPendingCardAddresses && !late.has(id)) {
      dependencies.log({ level: 'warn', event: 'card-address-lost' });
      return;
    }
    const { times = 0 } = late.get(id) ?? {};
    const until = dependencies.clock.now() + (hasFailed ? messageDelay(times) : 0);
    late.set(id, { card, times: hasFailed ? times + 1 : times, until });
  }

  /**
   * Returns whether the address is settled. A first call waits for the active run. A retry does not, so that one slow request
   * delays no other address.
   */
  async function write(id: ResetRequestId, card: MessageAddress, isPending: boolean): Promise<boolean> {
    for (let tried = 0; tried < workflowTunables.maxCardAddressSwaps; tried += 1) {
      const request = await dependencies.store.find(id);
      if (request === undefined || request.card?.activityId === card.activityId) return true;
      const settled = isPending || request.lease === undefined ? request : await run(request).catch(() => request);
      if (isLeased(settled, dependencies.clock.now())) return false;
      const kept = await swap(settled, card);
      if (kept?.cardIsOwed === true && !isPending) await run(kept);
      if (kept !== undefined) return true;
    }
    return false;
  }

  async function swap(request: ResetRequest, card: MessageAddress): Promise<ResetRequest | undefined> {
    const now = dependencies.clock.now();
    // Unfinished work keeps its due time. Its end updates the card anyway.
    const dueAt = request.endedAt === undefined && !isWaiting(request) ? request.dueAt : now;
    const isWaitingOwed = request.cardIsOwed ? { dueAt: now } : {};
    const owed = isWaitingForConfirmation(request) ? isWaitingOwed : { cardIsOwed: true, dueAt };
    const entry = { at: now, kind: 'card-posted', actor: 'locksmith' } as const;
    const swapped = await dependencies.store.swap(request, makeStep(request, { card, ...owed }, entry));
    return swapped.kind === 'swapped' ? swapped.request : undefined;
  }

  /** Whether approvers have been asked and nothing else will update the card meanwhile. */
  function isWaiting({ state, lease, approval }: ResetRequest): boolean {
    return (
      state === 'awaiting-approval' && lease === undefined && approval !== undefined && isAskedEverywhere(approval)
    );
  }
}
