import type { AuditEntry, AuditKind, Step } from './audit-entry.ts';
import type { ResetRequest } from './reset-request.ts';
import { mayFollow, type ResetState } from './reset-state.ts';

/** Makes the next version of a request, with its entry. Throws where the state machine has no such step: a defect. */
export function makeStep(
  before: ResetRequest,
  change: Partial<Omit<ResetRequest, 'id' | 'version'>>,
  entry: {
    readonly at: number;
    readonly kind: AuditKind;
    readonly actor: string;
    readonly facts?: AuditEntry['facts'];
  },
): Step {
  const state = change.state ?? before.state;
  const allowed: readonly ResetState[] = mayFollow[before.state];
  if (state !== before.state && !allowed.includes(state)) {
    throw new Error(`a request may not go from ${before.state} to ${state}`);
  }
  return { after: { ...before, ...change, version: before.version + 1 }, entry: { facts: {}, ...entry } };
}
