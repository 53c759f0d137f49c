import { aboutRequest } from '../../about-request.ts';
import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { mostTakeOvers } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { afterTry } from './after-try.ts';
import { giveUpDelivery } from './give-up-delivery.ts';
import { mayHold } from './may-hold.ts';
import { needAttention } from './need-attention.ts';
import { refuse } from './refuse.ts';
import { renewedLease } from './renewed-lease.ts';
import { swapStep } from './swap-step.ts';

/**
 * Takes up work whose owner is gone. A try that was under way then counts as unclear: the same password is sent again. What
 * was taken over again and again and never got further is given up: refused where nothing was sent, else for a person.
 */
export function takeOver(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const takeOvers = request.takeOvers + 1;
  const entry = {
    at: now,
    kind: 'taken-over',
    actor: 'locksmith',
    facts: { from: request.lease?.owner ?? null, times: takeOvers },
  } as const;
  if (request.state === 'resetting') {
    const settled = afterTry(request, 'no-answer-kept', now);
    if (settled.kind !== 'again') {
      return needAttention(tools, { ...request, tries: settled.tries }, { kind: 'unclear', trouble: undefined });
    }
    const change = { state: 'sealed', takeOvers, tries: settled.tries, ...renewedLease(tools) } as const;
    const facts = { ...entry.facts, ...settled.facts };
    return swapStep(tools, request, makeStep(request, change, { ...entry, facts }));
  }
  // Whoever had the lease may have put the password there and not lived to hear of it.
  const isAbandoned = request.state === 'delivering' && request.lease !== undefined;
  const taken = isAbandoned ? { ...request, heldBy: mayHold(tools, request) } : request;
  if (takeOvers > mostTakeOvers) {
    const given = giveUp(tools, taken);
    if (given !== undefined) return given;
  }
  return swapStep(tools, request, makeStep(taken, { takeOvers, ...renewedLease(tools) }, entry));
}

/** Undefined where there is nothing to do but go on: a password that is set is brought until its time is up. */
function giveUp(tools: Tools, request: ResetRequest): Promise<Moved> | undefined {
  switch (request.state) {
    case 'proposed':
    case 'approved':
    case 'message-open':
    case 'sealed':
      return request.tries.every(({ outcome }) => outcome === 'not-tried')
        ? refuseStuck(tools, request)
        : needAttention(tools, request, { kind: 'unclear', trouble: undefined });
    case 'delivering':
    case 'needs-attention': {
      const { deliverBy } = request;
      const isOver = deliverBy !== undefined && tools.clock.now() >= deliverBy;
      return isOver ? giveUpDelivery(tools, request, { why: 'no-progress', by: undefined }) : undefined;
    }
    case 'awaiting-approval':
    case 'resetting':
    case 'reset':
    case 'delivered':
    case 'hidden':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return undefined;
  }
}

async function refuseStuck(tools: Tools, request: ResetRequest): Promise<Moved> {
  const moved = await refuse(tools, request, { kind: 'no-progress' });
  if (moved.kind === 'moved') tools.raiseAlarm({ kind: 'given-up', ...aboutRequest(request), why: 'no-progress' });
  return moved;
}
