import { aboutRequest } from '../../about-request.ts';
import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { Attention, ResetRequest } from '../../reset-request.ts';
import { unseenMilliseconds } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { renewedLease } from './renewed-lease.ts';
import { swapStep } from './swap-step.ts';

/** Nobody can say whether the password is in force: it is not made again, and what is sealed stays to be delivered. */
export async function needAttention(tools: Tools, request: ResetRequest, attention: Attention): Promise<Moved> {
  const now = tools.clock.now();
  tools.log({
    level: 'error',
    event: 'reset-needs-attention',
    correlationId: request.correlationId,
    why: attention.kind,
  });
  const step = makeStep(
    request,
    { state: 'needs-attention', attention, deliverBy: now + unseenMilliseconds, ...renewedLease(tools) },
    {
      at: now,
      kind: 'needs-attention',
      actor: 'locksmith',
      facts: { why: attention.kind, trouble: attention.trouble?.code ?? null, tries: request.tries.length },
    },
  );
  const moved = await swapStep(tools, request, step);
  if (moved.kind === 'moved') {
    tools.raiseAlarm({ kind: 'needs-attention', ...aboutRequest(request), why: attention.kind });
  }
  return moved;
}
