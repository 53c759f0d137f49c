import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { refuse } from './refuse.ts';
import { renewedLease } from './renewed-lease.ts';
import { retirePlaceholder } from './retire-placeholder.ts';
import { swapStep } from './swap-step.ts';

/** Opens the direct message with a placeholder. Rule: no direct message, no reset. A placeholder that came second says so. */
export async function openMessage(tools: Tools, request: ResetRequest): Promise<Moved> {
  const opened = await tools.messages.openDirectMessage(request);
  if (opened.kind === 'closed') return refuse(tools, request, { kind: 'no-direct-message', why: opened.why });
  const step = makeStep(
    request,
    { state: 'message-open', directMessage: opened.address, ...renewedLease(tools) },
    { at: tools.clock.now(), kind: 'message-opened', actor: 'locksmith' },
  );
  const moved = await swapStep(tools, request, step);
  if (moved.kind === 'stale') await retirePlaceholder(tools, request, opened.address);
  return moved;
}
