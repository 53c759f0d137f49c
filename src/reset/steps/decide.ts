import type { Moved } from '../carry-out.ts';
import { makeStep } from '../make-step.ts';
import { policyHash } from '../policy-hash.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';
import { lookAgain } from './look-again.ts';
import { refuse } from './refuse.ts';
import { renewedLease } from './renewed-lease.ts';

/** A confirmed proposal is approved, or refused by what is true now. One request at a time per user. */
export async function decide(tools: Tools, request: ResetRequest): Promise<Moved> {
  const looked = await lookAgain(tools, request);
  if (looked.kind === 'stopped') return refuse(tools, request, looked.refusal);
  const now = tools.clock.now();
  const swapped = await tools.store.swap(
    request,
    makeStep(
      request,
      { state: 'approved', target: { customer: request.target.customer, user: looked.user }, ...renewedLease(tools) },
      {
        at: now,
        kind: 'approved',
        actor: request.technician.objectId,
        facts: { by: 'policy', policy: policyHash(tools.policy()) },
      },
    ),
  );
  switch (swapped.kind) {
    case 'swapped':
      return { kind: 'moved', request: swapped.request };
    case 'stale':
    case 'over-limit':
      return { kind: 'stale' };
    case 'user-busy': {
      const other = await tools.store.underWay(request.target.customer.id, request.target.user.id);
      return refuse(tools, request, { kind: 'under-way', by: other?.technician.name ?? 'somebody else' });
    }
  }
}
