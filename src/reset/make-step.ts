import type { AuditEntry, AuditKind, Step } from './audit-entry.ts';
import type { ResetRequest } from './reset-request.ts';
import { mayFollow, type ResetState } from './reset-state.ts';
import type { Technician } from './people/technician.ts';

/**
 * Makes the next version of a request, with its entry; every step but a take-over is progress. Throws where the state machine has no such step: a defect.
 */
export function makeStep(
  before: ResetRequest,
  change: Partial<Omit<ResetRequest, 'id' | 'version'>>,
  entry: {
    readonly at: number;
    readonly kind: AuditKind;
    readonly actor: string;
    readonly person?: Technician;
    readonly facts?: AuditEntry['facts'];
  },
): Step {
  const state = change.state ?? before.state;
  const allowed: readonly ResetState[] = mayFollow[before.state];
  if (state !== before.state && !allowed.includes(state)) {
    throw new Error(`a request may not go from ${before.state} to ${state}`);
  }
  const takeOvers = entry.kind === 'taken-over' ? before.takeOvers : 0;
  return { after: { ...before, takeOvers, ...change, version: before.version + 1 }, entry: { facts: {}, ...entry } };
}
