import { workflowTunables } from '../../base/index.ts';
import { type Approval, type AskedPlace, isAskedEverywhere } from '../policy/approval.ts';
import type { Dependencies } from '../dependencies.ts';
import { findApproversInChat, findNobodyToAsk, isNamedApprover } from '../policy/approver-names.ts';
import { findPlacesToAsk } from '../policy/approvers.ts';
import { hashPolicy } from '../policy/policy.ts';
import type { ResetRequest } from '../request.ts';
import { describeProtection, makeStep } from '../step.ts';
import { describeTicketCheck } from '../tickets/ticket-check.ts';
import { commitGuardedStep, commitStep, refuse, renewLease, type StepOutcome } from './commit-step.ts';
import { holdLease } from './keep-lease.ts';
import { messageDelay } from './retry-delays.ts';
import { recheck } from './recheck.ts';
import { updateApprovalCards } from './update-cards.ts';

/**
 * Asks for the approval of a second person, or refuses where there is none to ask. At most one request of a user is under way.
 */
export async function waitForApproval(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const places = await findPlacesToAsk(dependencies, request);
  if (places.length === 0) return refuse(dependencies, request, await findNobodyToAsk(dependencies, request));
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
    ...(isNamedApprover(dependencies, request) && ({ isRequesterApprover: true } as const)),
  };
  const { roles } = request.target.user;
  const entry = {
    at: now,
    kind: 'approval-wanted',
    actor: 'locksmith',
    facts: {
      where: places[0]?.kind ?? null,
      places: places.length,
      roles: roles === 'unknown' ? roles : roles.flatMap(({ id, by }) => (by === undefined ? [id] : [])).join(' '),
      ...describeProtection(request.target.user),
      approveBy,
      policy: hashPolicy(dependencies.policy()),
      ...describeTicketCheck(request.ticketFacts),
    },
  } as const;
  const change = { state: 'awaiting-approval', approval, target: request.target, cardIsOwed: true } as const;
  return commitGuardedStep(dependencies, request, makeStep(request, { ...change, ...renewLease(dependencies) }, entry));
}

/**
 * Posts the approval card in every place where it does not stand yet, and stores the addresses. Where no place takes it, there
 * is no approver to ask, and the request is refused. If the process dies in between, the card is posted again: a second copy does
 * no harm.
 */
export async function askApprovers(dependencies: Dependencies, given: ResetRequest): Promise<StepOutcome> {
  const { approval } = given;
  if (approval === undefined) throw new Error('a request waits for an approval that nobody was to give');
  const lastTry = approval.putOff + 1 >= workflowTunables.maxAskAttempts;
  const asking = Promise.all(approval.places.map(ask));
  const finding = findMentioned(dependencies, given, approval);
  const { request, result } = await holdLease(dependencies, given, Promise.all([asking, finding]));
  const [places, mentioned] = result;
  if (places.every(({ isClosed }) => isClosed))
    return refuse(dependencies, request, await findNobodyToAsk(dependencies, request));
  const now = dependencies.clock.now();
  const next = { ...approval, places, putOff: approval.putOff + 1, ...(mentioned && { mentioned }) };
  const isDone = isAskedEverywhere(next);
  const cards = places.filter(({ card }) => card !== undefined).length;
  const entry = {
    at: now,
    kind: 'approval-asked',
    actor: 'locksmith',
    facts: {
      cards,
      places: places.length,
      mentioned: mentioned?.length ?? null,
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
  if (moved.kind === 'moved' && isDone && mentioned !== undefined && mentioned.length > 0)
    await dependencies.messages.mentionApprovers(moved.request);
  return moved;

  async function ask(place: AskedPlace): Promise<AskedPlace> {
    if (place.card !== undefined || place.isClosed) return place;
    const asked = await dependencies.messages.sendApprovalCard(given, place.where);
    if (asked.kind === 'asked') return { ...place, card: asked.card };
    return { ...place, isClosed: asked.kind === 'closed' || lastTry };
  }
}

/** The people whom the chat of the request lets the bot mention. */
async function findMentioned(dependencies: Dependencies, request: ResetRequest, { places }: Approval) {
  const isChat = places.some(({ where, isClosed }) => where.kind === 'chat' && !isClosed);
  return isChat ? findApproversInChat(dependencies, request) : undefined;
}

/**
 * The step that ended the request meanwhile did not know these cards. They are updated here, or they would ask for ever.
 */
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

/**
 * A second person has approved. The approval counts only if it still holds: the rights of both people, the target and the policy
 * are looked up again.
 */
export async function settleDecision(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const decision = request.approval?.decision;
  if (decision === undefined) throw new Error('there is no decision to settle');
  const rechecked = await recheck(dependencies, request);
  if (rechecked.kind === 'stopped') return rechecked.outcome;
  const { request: held, user } = rechecked;
  const target = { customer: held.target.customer, user };
  const entry = {
    at: dependencies.clock.now(),
    kind: 'approved',
    actor: decision.by.objectId,
    facts: { by: 'approver', right: decision.right, policy: hashPolicy(dependencies.policy()) },
  } as const;
  return commitGuardedStep(
    dependencies,
    held,
    makeStep(held, { state: 'approved', target, putOff: 0, ...renewLease(dependencies) }, entry),
  );
}

/**
 * Shows on every copy of the approval card, and on the card of the requester, that the reset was approved. It is tried once: the
 * end of the request updates the cards again.
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

/**
 * Reminds those who were asked, once, after half of their time. The step is committed before anything is posted: the
 * instance that wins it posts, and one that dies in between reminds no one rather than twice.
 */
export async function remindApprovers(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const { approval, cardIsOwed } = request;
  if (approval === undefined) throw new Error('a request waits for an approval that nobody was to give');
  const now = dependencies.clock.now();
  const cards = approval.places.filter(({ card }) => card !== undefined).length;
  const entry = { at: now, kind: 'approval-reminded', actor: 'locksmith', facts: { cards } } as const;
  const change = { approval: { ...approval, remindedAt: now }, dueAt: cardIsOwed ? now : approval.approveBy };
  const moved = await commitStep(dependencies, request, makeStep(request, change, entry));
  if (moved.kind === 'moved') await dependencies.messages.remindApprovers(moved.request);
  return moved;
}
