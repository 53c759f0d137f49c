import { Counter, Histogram, type Registry } from 'prom-client';
import type { ResetStore } from '../reset/ports/stores.ts';
import type { Refusal } from '../reset/refusal.ts';
import type { ResetRequest } from '../reset/request.ts';
import { zeroKinds } from './zero-kinds.ts';

type Outcome = 'delivered' | 'refused' | 'cancelled' | 'declined' | 'expired' | 'attention';

const outcomes: readonly Outcome[] = ['delivered', 'cancelled', 'declined', 'expired', 'attention'];

/**
 * Counts requests by how they end, from the steps that a store commits. One that needs attention counts as that, also
 * where its password is delivered later.
 */
export function countRequests(registry: Registry): (store: ResetStore) => ResetStore {
  const ended = new Counter({
    name: 'locksmith_requests_total',
    help: 'Requests by outcome, and refused ones by reason. Cards that a newer question of the same person replaced are not among the expired.',
    labelNames: ['outcome', 'reason'] as const,
    registers: [registry],
  });
  const proposed = new Counter({
    name: 'locksmith_requests_proposed_total',
    help: 'Cards that were shown for a reset to be confirmed.',
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'locksmith_click_to_delivery_seconds',
    help: 'From the press of "Reset password", or of "Approve" where a second person had to, until the password stood in the direct message or waited behind its button.',
    labelNames: ['approved'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    registers: [registry],
  });
  for (const outcome of outcomes) ended.inc({ outcome, reason: '' }, 0);
  for (const reason of zeroKinds.refusals) ended.inc({ outcome: 'refused', reason }, 0);
  for (const approved of ['yes', 'no']) seconds.zero({ approved });

  return (store) => ({
    ...store,
    async add(request, entry) {
      const added = await store.add(request, entry);
      if (added === 'added') {
        if (request.state === 'proposed') proposed.inc();
        else count(request);
      }
      return added;
    },
    async swap(before, step) {
      const swapped = await store.swap(before, step);
      if (swapped.kind === 'swapped' && swapped.request.state !== before.state) count(swapped.request);
      return swapped;
    },
  });

  function count(request: ResetRequest): void {
    const { state, attention, confirmedAt, deliveredAt, approval } = request;
    const outcome = outcomeOf(request);
    if (outcome !== undefined) ended.inc({ outcome, reason: reasonOf(request, outcome) });
    if (state === 'delivered' && attention === undefined && confirmedAt !== undefined && deliveredAt !== undefined) {
      const approvedAt = approval?.decision?.at;
      const approved = approvedAt === undefined ? 'no' : 'yes';
      seconds.observe({ approved }, Math.max(0, deliveredAt - (approvedAt ?? confirmedAt)) / 1000);
    }
  }
}

function outcomeOf({ state, attention }: ResetRequest): Outcome | undefined {
  switch (state) {
    case 'delivered':
      return attention === undefined ? 'delivered' : undefined;
    case 'refused':
    case 'cancelled':
    case 'declined':
    case 'expired':
      return state;
    case 'needs-attention':
      return 'attention';
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'reset':
    case 'delivering':
    case 'hidden':
      return undefined;
  }
}

function reasonOf({ refusal }: ResetRequest, outcome: Outcome): Refusal['kind'] | '' {
  return outcome === 'refused' ? (refusal?.kind ?? '') : '';
}
