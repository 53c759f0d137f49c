import { asId, type CorrelationId, type OperationId, type ResetRequestId } from '../../ids.ts';
import type { Conversation } from '../people/conversation.ts';
import type { CustomerInferred } from '../people/customer-inferred.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Target } from '../people/target.ts';
import type { Technician } from '../people/technician.ts';
import type { Tools } from '../tools.ts';

/** Who asks for what, where, and for whom. */
export type Asking = {
  readonly id: ResetRequestId;
  readonly technician: Technician;
  readonly conversation: Conversation;
  readonly activityId: string;
  readonly correlationId: CorrelationId;
  readonly target: Target;
  readonly customerInferred: CustomerInferred;
};

/** A request as it begins: proposed, or refused already. */
export function newRequest(
  tools: Tools,
  asking: Asking,
  facts: Pick<ResetRequest, 'refusal' | 'resetBefore'>,
): ResetRequest {
  const { refusal, resetBefore } = facts;
  const now = tools.clock.now();
  const confirmBy = now + tools.policy().confirmWithinMinutes * 60_000;
  return {
    id: asking.id,
    version: 1,
    state: refusal ? 'refused' : 'proposed',
    correlationId: asking.correlationId,
    operationId: asId<OperationId>(tools.random.guid()),
    technician: asking.technician,
    askedIn: asking.conversation,
    askedBy: asking.activityId,
    card: undefined,
    cardIsOwed: false,
    target: asking.target,
    customerInferred: asking.customerInferred,
    resetBefore,
    proposedAt: now,
    confirmBy,
    proof: undefined,
    confirmedAt: undefined,
    approval: undefined,
    directMessage: undefined,
    heldBy: [],
    sealedPassword: undefined,
    tries: [],
    endedBy: undefined,
    endedAt: refusal ? now : undefined,
    refusal,
    attention: undefined,
    resetAt: undefined,
    deliveredAt: undefined,
    deliverBy: undefined,
    putOff: 0,
    timesGone: 0,
    revealedAt: undefined,
    views: 0,
    hideAt: undefined,
    hiddenAt: undefined,
    lease: undefined,
    takeOvers: 0,
    dueAt: refusal ? undefined : confirmBy,
  };
}
