import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';

/** A lease of this process from now on, and the row due when it ends: part of every step that goes on at once. */
export function renewedLease(tools: Tools): Pick<ResetRequest, 'lease' | 'dueAt'> {
  const until = tools.clock.now() + tools.lengths.lease;
  return { lease: { owner: tools.instance, until }, dueAt: until };
}
