import type { Moved } from '../carry-out.ts';
import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';
import { afterTry } from './after-try.ts';
import { needAttention } from './need-attention.ts';
import { renewedLease } from './renewed-lease.ts';
import { swapStep } from './swap-step.ts';

/** Takes up work whose owner is gone. A try that was under way then counts as unclear: the same password is sent again. */
export function takeOver(tools: Tools, request: ResetRequest): Promise<Moved> {
  const now = tools.clock.now();
  const entry = {
    at: now,
    kind: 'taken-over',
    actor: 'locksmith',
    facts: { from: request.lease?.owner ?? null },
  } as const;
  if (request.state !== 'resetting') {
    return swapStep(tools, request, makeStep(request, renewedLease(tools), entry));
  }
  const settled = afterTry(request, 'no-answer-kept', now);
  if (settled.kind !== 'again') {
    return needAttention(tools, { ...request, tries: settled.tries }, { kind: 'unclear', trouble: undefined });
  }
  const change = { state: 'sealed', tries: settled.tries, ...renewedLease(tools) } as const;
  return swapStep(tools, request, makeStep(request, change, { ...entry, facts: { ...entry.facts, ...settled.facts } }));
}
