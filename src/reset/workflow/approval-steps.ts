import { type AskedPlace, isAskedEverywhere } from '../approval.ts';
import type { Dependencies } from '../dependencies.ts';
import { findFreeze, refusalOfFreeze } from '../freezes.ts';
import { findPlacesToAsk } from '../policy/approvers.ts';
import { checkPreconditions, recheckPreconditions } from '../policy/eligibility.ts';
import { hashPolicy } from '../policy/policy.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { updateApprovalCards } from './card-updates.ts';
import { commitGuardedStep, commitStep, refuse } from './commit-step.ts';
import { renewLease } from './lease.ts';
import { messageDelay } from './retry.ts';
import type { StepOutcome } from './commit-step.ts';
import { refuseOrWaitForSignIn } from './sign-in-wait.ts';

/**
 * A confirmed proposal is approved by the policy, or waits for a second person, or is refused, by what is true now. One
 * request at a time per user.
 */
export async function decideByPolicy(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const freeze = await findFreeze(dependencies, request.target.customer.id);
  if (freeze !== undefined) return refuse(dependencies, request, refusalOfFreeze(freeze));
  const looked = await checkPreconditions(dependencies, request);
  if (looked.kind === 'stopped') return refuseOrWaitForSignIn(dependencies, request, looked.refusal);
  const target = { customer: request.target.customer, user: looked.user };
  if (looked.needsApproval) return waitForApproval(dependencies, { ...request, target });
  const entry = {
    at: dependencies.clock.now(),
    kind: 'approved',
    actor: request.technician.objectId,
    facts: { by: 'policy', policy: hashPolicy(dependencies.policy()) },
  } as const;
  return commitGuardedStep(
    dependencies,
    request,
    makeStep(request, { state: 'approved', target, putOff: 0, ...renewLease(dependencies) }, entry),
  );
}

async function waitForApproval(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const places = await findPlacesToAsk(dependencies, request);
  if (places.length === 0) return refuse(dependencies, request, { kind: 'approval-not-possible' });
  const now = dependencies.clock.now();
  const approveBy = now + dependencies.policy().approveWithinMinutes * 60_000;
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
      policy: hashPolicy(dependencies.policy()),
    },
  } as const;
  const change = { state: 'awaiting-approval', approval, target: request.target, cardIsOwed: true } as const;
  return commitGuardedStep(dependencies, request, makeStep(request, { ...change, ...renewLease(dependencies) }, entry));
}

/** A chat that does not take a card by then is left out. */
const maxAskTries = 5;

/**
 * Puts the card that asks for an approval where it is to stand and does not yet, and keeps where that is. Where it can
 * stand nowhere there is nobody to ask, and the request is refused. A process that dies in between asks again: a second
 * copy of the card does no harm.
 */
export async function askApprovers(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const { approval } = request;
  if (approval === undefined) throw new Error('a request waits for an approval that nobody was to give');
  const lastTry = approval.putOff + 1 >= maxAskTries;
  const places = await Promise.all(
    approval.places.map(async (place): Promise<AskedPlace> => {
      if (place.card !== undefined || place.isClosed) return place;
      const asked = await dependencies.messages.sendApprovalCard(request, place.where);
      if (asked.kind === 'asked') return { ...place, card: asked.card };
      return { ...place, isClosed: asked.kind === 'closed' || lastTry };
    }),
  );
  if (places.every(({ isClosed }) => isClosed)) return refuse(dependencies, request, { kind: 'approval-not-possible' });
  const now = dependencies.clock.now();
  const next = { ...approval, places, putOff: approval.putOff + 1 };
  const isDone = isAskedEverywhere(next);
  const cards = places.filter(({ card }) => card !== undefined).length;
  const entry = {
    at: now,
    kind: 'approval-asked',
    actor: 'locksmith',
    facts: {
      cards,
      places: places.length,
      members: places.flatMap(({ where, card }) => (where.kind === 'person' && card ? [where.member] : [])).join(' '),
    },
  } as const;
  const dueAt = isDone ? now : Math.min(now + messageDelay(approval.putOff), approval.approveBy);
  const moved = await commitStep(
    dependencies,
    request,
    makeStep(request, { approval: next, lease: undefined, dueAt }, entry),
  );
  if (moved.kind === 'stale') await retireCards(dependencies, request, places);
  return moved;
}

/** Whoever ended the request meanwhile could not know of these cards: they say so now, or would ask for ever. */
async function retireCards(
  { store, messages }: Dependencies,
  before: ResetRequest,
  places: readonly AskedPlace[],
): Promise<void> {
  const now = await store.find(before.id);
  if (now === undefined || now.state === 'awaiting-approval') return;
  const known = new Set(before.approval?.places.map(({ card }) => card?.activityId));
  const lost = places.flatMap(({ card }) => (card === undefined || known.has(card.activityId) ? [] : card));
  await Promise.all(lost.map((card) => messages.updateApprovalCard(now, card)));
}

/** A second person has given leave: it counts by what is true now, of them, of the requester, of the target and the policy. */
export async function settleDecision(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const decision = request.approval?.decision;
  if (decision === undefined) throw new Error('there is no decision to settle');
  const freeze = await findFreeze(dependencies, request.target.customer.id);
  if (freeze !== undefined) return refuse(dependencies, request, refusalOfFreeze(freeze));
  const looked = await recheckPreconditions(dependencies, request);
  if (looked.kind === 'stopped') return refuseOrWaitForSignIn(dependencies, request, looked.refusal);
  const target = { customer: request.target.customer, user: looked.user };
  const entry = {
    at: dependencies.clock.now(),
    kind: 'approved',
    actor: decision.by.objectId,
    facts: { by: 'approver', right: decision.right, policy: hashPolicy(dependencies.policy()) },
  } as const;
  return commitGuardedStep(
    dependencies,
    request,
    makeStep(request, { state: 'approved', target, putOff: 0, ...renewLease(dependencies) }, entry),
  );
}

/**
 * Tells every copy of the card, and the requester where they asked, that the reset was approved and goes on. Once is
 * enough: what does not take it now is told at the end.
 */
export async function showDecision(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const { approval } = request;
  if (approval === undefined) throw new Error('there is no approval to show');
  const [copies, card] = await Promise.all([
    updateApprovalCards(dependencies, request),
    request.card === undefined ? undefined : dependencies.messages.updateRequestCard(request),
  ]);
  const entry = {
    at: dependencies.clock.now(),
    kind: 'card-answered',
    actor: 'locksmith',
    facts: { copies: copies.kind, card: card?.kind ?? null },
  } as const;
  const change = { approval: { ...approval, isShown: true }, ...renewLease(dependencies) };
  return commitStep(dependencies, request, makeStep(request, change, entry));
}
