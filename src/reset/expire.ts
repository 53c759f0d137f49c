import { makeStep } from './make-step.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Tools } from './tools.ts';

/** Ends a proposal whose time has run out. Returns the request as it stands, whoever was first. */
export async function expire(tools: Tools, request: ResetRequest): Promise<ResetRequest> {
  if (request.state !== 'proposed' || request.confirmedAt !== undefined) return request;
  const now = tools.clock.now();
  const step = makeStep(
    request,
    { state: 'expired', endedAt: now, cardIsOwed: true, lease: undefined, dueAt: now },
    { at: now, kind: 'expired', actor: 'locksmith' },
  );
  const swapped = await tools.store.swap(request, step);
  if (swapped.kind === 'swapped') return swapped.request;
  const found = await tools.store.find(request.id);
  return found === undefined ? request : expire(tools, found);
}
