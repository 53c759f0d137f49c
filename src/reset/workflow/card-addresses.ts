import { readErrorCode, type ResetRequestId, workflowTunables } from '../../base/index.ts';
import { isAskedEverywhere } from '../policy/approval.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress } from '../identity.ts';
import { cardAddressOf, isLeased, type ResetRequest } from '../request.ts';
import { isWaitingForConfirmation } from '../request-status.ts';
import { makeStep } from '../step.ts';
import type { RunRequest } from './commit-step.ts';
import { messageDelay } from './retry-delays.ts';

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
