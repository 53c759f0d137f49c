import { readErrorCode, type ResetRequestId } from '../../base/index.ts';
import { isAskedEverywhere } from '../approval.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress } from '../identity.ts';
import { cardAddressOf, isWaitingForConfirmation, type ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { messageDelay } from './retry.ts';
import type { RunRequest } from './commit-step.ts';

export type CardAddresses = {
  /**
   * Writes down where the card of a request stands, now or as soon as that is possible, and says whether it is written. Somebody
   * may press before this is known: then the work that began is awaited, and the card is brought up to date afterwards. It
   * never fails.
   */
  readonly remember: (id: ResetRequestId, card: MessageAddress) => Promise<boolean>;
  /** Remembers the message whose button was pressed, if the address of the card is not known. It never fails. */
  readonly rememberPressed: (request: ResetRequest, pressedMessage: MessageAddress) => Promise<void>;
  /** Tries again what could not be written down, one round at a time: all of it, or what was left alone for long enough. It never fails. */
  readonly retryPending: (which: 'all' | 'ended') => Promise<void>;
  /** Whether a round is under way. */
  readonly isRetrying: () => boolean;
};

type PendingWrite = { readonly card: MessageAddress; readonly times: number; readonly until: number };

/** Swaps in a row that may be lost to presses. */
const maxSwaps = 5;

/** More than so many addresses are not remembered; those cards then answer presses, and show nothing by themselves. */
const maxPending = 1000;

/**
 * Keeps addresses of cards. What the store does not take, because it is away, because another instance works on the
 * request, or because a press was faster, stays in memory and is tried again less and less often; a press brings the address
 * along as well.
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
    isRetrying: () => round !== undefined,
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
    if (late.size >= maxPending && !late.has(id)) {
      dependencies.log({ level: 'warn', event: 'card-address-lost' });
      return;
    }
    const { times = 0 } = late.get(id) ?? {};
    const until = dependencies.clock.now() + (hasFailed ? messageDelay(times) : 0);
    late.set(id, { card, times: hasFailed ? times + 1 : times, until });
  }

  /**
   * Whether there is nothing left to do. The first time, work under way is waited for; a late address waits for nobody, so
   * that one that takes long holds up no other.
   */
  async function write(id: ResetRequestId, card: MessageAddress, isPending: boolean): Promise<boolean> {
    for (let tried = 0; tried < maxSwaps; tried += 1) {
      const request = await dependencies.store.find(id);
      if (request === undefined || request.card?.activityId === card.activityId) return true;
      const settled = isPending || request.lease === undefined ? request : await run(request).catch(() => request);
      if (isLeased(settled)) return false;
      const kept = await swap(settled, card);
      if (kept?.cardIsOwed === true && !isPending) await run(kept);
      if (kept !== undefined) return true;
    }
    return false;
  }

  async function swap(request: ResetRequest, card: MessageAddress): Promise<ResetRequest | undefined> {
    const now = dependencies.clock.now();
    // Work that is not at its end keeps its time, and its end owes the card an answer anyway.
    const dueAt = request.endedAt === undefined && !isWaiting(request) ? request.dueAt : now;
    const owed = isWaitingForConfirmation(request) ? {} : { cardIsOwed: true, dueAt };
    const entry = { at: now, kind: 'card-posted', actor: 'locksmith' } as const;
    const swapped = await dependencies.store.swap(request, makeStep(request, { card, ...owed }, entry));
    return swapped.kind === 'swapped' ? swapped.request : undefined;
  }

  /** For a second person: nothing else brings the card up to date meanwhile. */
  function isWaiting({ state, lease, approval }: ResetRequest): boolean {
    return (
      state === 'awaiting-approval' && lease === undefined && approval !== undefined && isAskedEverywhere(approval)
    );
  }

  function isLeased({ lease }: ResetRequest): boolean {
    return lease !== undefined && lease.until > dependencies.clock.now();
  }
}
