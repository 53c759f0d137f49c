import { makeStep } from '../make-step.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';

/** Ends a request whose time to be confirmed, or to be approved, has run out. Returns the request as it stands, whoever was first. */
export async function expire(tools: Tools, request: ResetRequest): Promise<ResetRequest> {
  const now = tools.clock.now();
  if (!isOver(request, now)) return request;
  const step = makeStep(
    request,
    { state: 'expired', endedAt: now, cardIsOwed: true, putOff: 0, lease: undefined, dueAt: now },
    {
      at: now,
      kind: 'expired',
      actor: 'locksmith',
      facts: { waitedFor: request.approval ? 'approval' : 'confirmation' },
    },
  );
  const swapped = await tools.store.swap(request, step);
  if (swapped.kind === 'swapped') return swapped.request;
  const found = await tools.store.find(request.id);
  return found === undefined ? request : expire(tools, found);
}

function isOver({ state, confirmedAt, confirmBy, approval }: ResetRequest, now: number): boolean {
  if (state === 'proposed') return confirmedAt === undefined && now >= confirmBy;
  return state === 'awaiting-approval' && approval?.decision === undefined && now >= (approval?.approveBy ?? Infinity);
}
