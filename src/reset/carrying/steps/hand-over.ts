import type { AuditEntry } from '../../audit-entry.ts';
import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { swapStep } from './swap-step.ts';

/**
 * Lets go of a request because this process ends, or lacks a key: whoever looks next goes on at once. A try that is under way keeps its
 * lease until that ends by itself.
 */
export function handOver(tools: Tools, request: ResetRequest, facts: AuditEntry['facts'] = {}): Promise<Moved> {
  const now = tools.clock.now();
  const { lease, state } = request;
  const isOurs = lease?.owner === tools.instance && lease.until > now;
  if (!isOurs || state === 'resetting') return Promise.resolve({ kind: 'rest' });
  const entry = { at: now, kind: 'handed-over', actor: 'locksmith', facts } as const;
  return swapStep(tools, request, makeStep(request, { lease: undefined, dueAt: now }, entry));
}
