import type { Moved } from '../carry-out.ts';
import { findFreeze } from '../../freezing/find-freeze.ts';
import { frozenRefusal } from '../../freezing/frozen-refusal.ts';
import { makeStep } from '../../make-step.ts';
import { policyHash } from '../../policy/policy-hash.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { whomToAsk } from '../../approval/whom-to-ask.ts';
import { goOn } from './go-on.ts';
import { lookAtFacts } from './look-at-facts.ts';
import { refuse } from './refuse.ts';
import { refuseOrWait } from './refuse-or-wait.ts';
import { renewedLease } from './renewed-lease.ts';

/**
 * A confirmed proposal is approved by the policy, or waits for a second person, or is refused, by what is true now. One
 * request at a time per user.
 */
export async function decide(tools: Tools, request: ResetRequest): Promise<Moved> {
  const freeze = await findFreeze(tools, request.target.customer.id);
  if (freeze !== undefined) return refuse(tools, request, frozenRefusal(freeze));
  const looked = await lookAtFacts(tools, request);
  if (looked.kind === 'stopped') return refuseOrWait(tools, request, looked.refusal);
  const target = { customer: request.target.customer, user: looked.user };
  if (looked.needsApproval) return waitForApproval(tools, { ...request, target });
  const entry = {
    at: tools.clock.now(),
    kind: 'approved',
    actor: request.technician.objectId,
    facts: { by: 'policy', policy: policyHash(tools.policy()) },
  } as const;
  return goOn(
    tools,
    request,
    makeStep(request, { state: 'approved', target, putOff: 0, ...renewedLease(tools) }, entry),
  );
}

async function waitForApproval(tools: Tools, request: ResetRequest): Promise<Moved> {
  const places = await whomToAsk(tools, request);
  if (places.length === 0) return refuse(tools, request, { kind: 'approval-not-possible' });
  const now = tools.clock.now();
  const approveBy = now + tools.policy().approveWithinMinutes * 60_000;
  const approval = {
    askedAt: now,
    approveBy,
    places: places.map((where) => ({ where, card: undefined, isClosed: false })),
    putOff: 0,
    decision: undefined,
    isShown: false,
    isTold: false,
  };
  const { roles } = request.target.user;
  const entry = {
    at: now,
    kind: 'approval-wanted',
    actor: 'locksmith',
    facts: {
      where: places[0]?.kind ?? null,
      places: places.length,
      roles: roles === 'unknown' ? roles : roles.map(({ id }) => id).join(' '),
      approveBy,
      policy: policyHash(tools.policy()),
    },
  } as const;
  const change = { state: 'awaiting-approval', approval, target: request.target, cardIsOwed: true } as const;
  return goOn(tools, request, makeStep(request, { ...change, ...renewedLease(tools) }, entry));
}
