import type { Dependencies } from '../dependencies.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { commitStep, type StepOutcome } from './commit-step.ts';

/**
 * Reminds those who were asked, once, after half of their time. The step is committed before anything is posted: the
 * instance that wins it posts, and one that dies in between reminds nobody rather than twice.
 */
export async function remindApprovers(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const { approval, cardIsOwed } = request;
  if (approval === undefined) throw new Error('a request waits for an approval that nobody was to give');
  const now = dependencies.clock.now();
  const cards = approval.places.filter(({ card }) => card !== undefined).length;
  const entry = { at: now, kind: 'approval-reminded', actor: 'locksmith', facts: { cards } } as const;
  const change = { approval: { ...approval, remindedAt: now }, dueAt: cardIsOwed ? now : approval.approveBy };
  const moved = await commitStep(dependencies, request, makeStep(request, change, entry));
  if (moved.kind === 'moved') await dependencies.messages.remindApprovers(moved.request);
  return moved;
}
