import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { putCopies } from './put-copies.ts';
import { renewedLease } from './renewed-lease.ts';
import { swapStep } from './swap-step.ts';

/**
 * Tells every copy of the card, and the requester where they asked, that the reset was approved and goes on. Once is
 * enough: what does not take it now is told at the end.
 */
export async function showDecision(tools: Tools, request: ResetRequest): Promise<Moved> {
  const { approval } = request;
  if (approval === undefined) throw new Error('there is no approval to show');
  const [copies, card] = await Promise.all([
    putCopies(tools, request),
    request.card === undefined ? undefined : tools.messages.putCard(request),
  ]);
  const entry = {
    at: tools.clock.now(),
    kind: 'card-answered',
    actor: 'locksmith',
    facts: { copies: copies.kind, card: card?.kind ?? null },
  } as const;
  const change = { approval: { ...approval, isShown: true }, ...renewedLease(tools) };
  return swapStep(tools, request, makeStep(request, change, entry));
}
