import type { Moved } from '../carry-out.ts';
import { findFreeze } from '../../freezing/find-freeze.ts';
import { frozenRefusal } from '../../freezing/frozen-refusal.ts';
import { makeStep } from '../../make-step.ts';
import { policyHash } from '../../policy/policy-hash.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { goOn } from './go-on.ts';
import { lookAgain } from './look-again.ts';
import { refuse } from './refuse.ts';
import { refuseOrWait } from './refuse-or-wait.ts';
import { renewedLease } from './renewed-lease.ts';

/** A second person has given leave: it counts by what is true now, of them, of the requester, of the target and the policy. */
export async function settleDecision(tools: Tools, request: ResetRequest): Promise<Moved> {
  const decision = request.approval?.decision;
  if (decision === undefined) throw new Error('there is no decision to settle');
  const freeze = await findFreeze(tools, request.target.customer.id);
  if (freeze !== undefined) return refuse(tools, request, frozenRefusal(freeze));
  const looked = await lookAgain(tools, request);
  if (looked.kind === 'stopped') return refuseOrWait(tools, request, looked.refusal);
  const target = { customer: request.target.customer, user: looked.user };
  const entry = {
    at: tools.clock.now(),
    kind: 'approved',
    actor: decision.by.objectId,
    facts: { by: 'approver', right: decision.right, policy: policyHash(tools.policy()) },
  } as const;
  return goOn(
    tools,
    request,
    makeStep(request, { state: 'approved', target, putOff: 0, ...renewedLease(tools) }, entry),
  );
}
