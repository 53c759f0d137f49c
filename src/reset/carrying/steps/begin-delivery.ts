import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { unseenMilliseconds, untilAnotherKey } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { answerCards } from './answer-cards.ts';
import { isLeftToAnother } from '../is-left-to-another.ts';
import { giveUpDelivery } from './give-up-delivery.ts';
import { handOver } from './hand-over.ts';
import { needAttention } from './need-attention.ts';
import { openSeal } from './open-seal.ts';
import { renewedLease } from './renewed-lease.ts';
import { swapStep } from './swap-step.ts';

/** Commits that delivery begins, before anything outside holds the password. Rule: after this there is no PATCH, ever. */
export async function beginDelivery(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const opened = openSeal(tools, request);
  if (opened.kind === 'key-missing' && isLeftToAnother(tools, request, now)) {
    return handOver(tools, request, { why: opened.kind });
  }
  const opens = opened.kind === 'opened';
  if (!opens && request.state === 'reset') {
    return needAttention(tools, request, { kind: 'seal-broken', trouble: undefined });
  }
  if (!opens) return request.cardIsOwed ? answerCards(tools, request) : restForAPerson(tools, request);
  const step = makeStep(
    request,
    {
      state: 'delivering',
      putOff: 0,
      deliverBy: request.deliverBy ?? now + unseenMilliseconds,
      ...renewedLease(tools),
    },
    { at: now, kind: 'delivery-begun', actor: 'locksmith' },
  );
  return swapStep(tools, request, step);
}

/** Without a password that opens there is nothing to deliver: the cards say so, and a person closes it, or its time ends. */
async function restForAPerson(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const { deliverBy } = request;
  if (deliverBy !== undefined && now >= deliverBy) {
    return giveUpDelivery(tools, request, { why: 'seal-broken', by: undefined });
  }
  if (request.endedAt !== undefined) {
    const entry = { at: now, kind: 'delivery-put-off', actor: 'locksmith', facts: { why: 'seal-broken' } } as const;
    return swapStep(tools, request, makeStep(request, { lease: undefined, dueAt: now + untilAnotherKey }, entry));
  }
  const step = makeStep(
    request,
    { endedAt: now, cardIsOwed: true, dueAt: now },
    { at: now, kind: 'needs-attention', actor: 'locksmith', facts: { why: 'nothing-to-deliver' } },
  );
  return swapStep(tools, request, step);
}
