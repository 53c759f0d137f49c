import { asId, type CorrelationId, type OperationId, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { findFreeze, refusalOfFreeze } from '../freezes.ts';
import type { Conversation, Technician } from '../identity.ts';
import { findNobodyToAsk } from '../policy/approver-names.ts';
import { mayFindApprover } from '../policy/approvers.ts';
import { needsApproval } from '../policy/approval.ts';
import { findRejectionReason } from '../policy/eligibility.ts';
import { hashPolicy, policyForCustomer } from '../policy/policy.ts';
import { isPermitted, isPermittedFor, recordNotPermitted } from '../policy/rights.ts';
import type { NotPermitted, PartnerTrouble, Refusal } from '../refusal.ts';
import { hasPrivateDetails } from '../private-facts.ts';
import type { CallerVerification, ResetRequest } from '../request.ts';
import { isWaitingForConfirmation } from '../request-status.ts';
import { describeProtection } from '../step.ts';
import type { CustomerInferred, CustomerUser, DeletedUser, Target } from '../target.ts';
import { describeTicketCheck, findTicketRefusal, lookUpFor } from '../tickets/ticket-check.ts';
import { statedFor } from './caller-verification.ts';

/** What comes of one person who was found or chosen. `changed`: they are not called any more what they were shown as. */
type TargetProposal =
  | { readonly kind: 'proposed' | 'refused'; readonly request: ResetRequest }
  | { readonly kind: 'gone'; readonly deleted?: DeletedUser | undefined }
  | { readonly kind: 'changed'; readonly user: CustomerUser }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble }
  | { readonly kind: NotPermitted }
  | { readonly kind: 'already-answered' };

/**
 * Looks one person up afresh and writes a request for them down, with what stops it if something does. With `mustBe`
 * `as-shown` a person who has another name or address by now is not asked about.
 */
export async function proposeTarget(
  dependencies: Dependencies,
  asking: RequestDraft,
  mustBe: 'as-shown' | 'as-found',
): Promise<TargetProposal> {
  const { technician, target: shown } = asking;
  const permission = await isPermittedFor(dependencies, technician, shown.customer.id);
  if (permission !== 'yes') {
    const { customer, user } = shown;
    const about = { customers: customer.id, users: user.id, correlationId: asking.correlationId };
    await recordNotPermitted(dependencies, technician, permission, about);
    return { kind: permission };
  }
  const { conversation } = asking;
  const isShared = conversation.kind !== 'personal';
  const stated = statedFor(asking, policyForCustomer(dependencies.policy(), shown.customer.id));
  const [fresh, outsiders, readFacts] = await Promise.all([
    dependencies.directory.lookUp(shown.customer, shown.user.id, asking.correlationId),
    isShared ? dependencies.messages.countOutsiders(conversation, technician) : 0,
    lookUpFor(dependencies, stated.ticket, technician),
  ]);
  if (fresh.kind !== 'found') return fresh;
  if (mustBe === 'as-shown' && !isCalledTheSame(fresh.user, shown.user)) return { kind: 'changed', user: fresh.user };
  const target = { customer: shown.customer, user: fresh.user };
  const ticketFacts = readFacts(target);
  const refusal = await findKnownRefusal(dependencies, { ...asking, target, ticketFacts });
  const [resetBefore, replaces] = await Promise.all([
    findRecentReset(dependencies, target),
    findReplaced(dependencies, technician, target),
  ]);
  const request = createRequest(
    dependencies,
    { ...asking, target },
    { refusal, resetBefore, replaces, outsiders, ticketFacts },
  );
  const added = await dependencies.store.add(request, {
    at: request.proposedAt,
    kind: refusal ? 'refused' : 'proposed',
    actor: technician.objectId,
    facts: {
      reason: refusal?.kind ?? null,
      userPrincipalName: target.user.userPrincipalName,
      ...describeProtection(target.user),
      policy: hashPolicy(dependencies.policy()),
      ...describeTicketCheck(ticketFacts),
    },
  });
  if (added === 'already-there') return { kind: 'already-answered' };
  if (refusal === undefined && fresh.told !== undefined) {
    dependencies.privateFacts.keep(request.id, fresh.told, request.confirmBy);
  }
  if (refusal === undefined && hasPrivateDetails(request, fresh.told)) {
    const sent = await dependencies.messages.sendPrivateDetails(request, fresh.told);
    if (sent.kind !== 'done')
      dependencies.log({
        level: 'warn',
        event: 'details-not-sent',
        correlationId: request.correlationId,
        why: sent.kind,
      });
  }
  return { kind: refusal ? 'refused' : 'proposed', request };
}

/** Finds a reason that already stops the reset, so that the technician does not verify a caller in vain. */
async function findKnownRefusal(
  dependencies: Dependencies,
  {
    technician,
    conversation,
    target,
    ticketFacts,
  }: Pick<RequestDraft, 'technician' | 'conversation'> & Pick<ResetRequest, 'target' | 'ticketFacts'>,
): Promise<Refusal | undefined> {
  const freeze = await findFreeze(dependencies, target.customer.id);
  if (freeze !== undefined) {
    const may = await isPermitted(dependencies.groups, technician, dependencies.policy().approvers);
    return refusalOfFreeze(freeze, { technician }, may === 'groups-unknown' ? undefined : may === 'yes');
  }
  const policy = policyForCustomer(dependencies.policy(), target.customer.id);
  const stops = findRejectionReason(target, technician, policy) ?? findTicketRefusal(policy, ticketFacts);
  if (stops !== undefined || !needsApproval(policy, target.user, ticketFacts)) return stops;
  const mayAsk = await mayFindApprover(dependencies, { technician, target, askedIn: conversation });
  return mayAsk ? undefined : findNobodyToAsk(dependencies, { technician, target, askedIn: conversation });
}

function isCalledTheSame(one: CustomerUser, other: CustomerUser): boolean {
  return (
    one.displayName === other.displayName &&
    one.userPrincipalName.toLowerCase() === other.userPrincipalName.toLowerCase()
  );
}

/** Who asks for what, where, and for whom. */
type RequestDraft = {
  readonly id: ResetRequestId;
  readonly technician: Technician;
  readonly conversation: Conversation;
  readonly activityId: string;
  readonly correlationId: CorrelationId;
  readonly target: Target;
  readonly customerInferred: CustomerInferred;
  /** Ticket and verification as the sentence said them. */
  readonly stated: CallerVerification | undefined;
};

/** What stands in every request to which nothing has happened yet. */
export const untouchedRequest = {
  card: undefined,
  cardIsOwed: false,
  resetBefore: undefined,
  proof: undefined,
  confirmedAt: undefined,
  approval: undefined,
  directMessage: undefined,
  heldBy: [],
  sealedPassword: undefined,
  tries: [],
  endedBy: undefined,
  endedAt: undefined,
  refusal: undefined,
  attention: undefined,
  resetAt: undefined,
  deliveredAt: undefined,
  deliverBy: undefined,
  putOff: 0,
  timesGone: 0,
  revealedAt: undefined,
  views: 0,
  hideAt: undefined,
  hiddenAt: undefined,
  lease: undefined,
  takeOvers: 0,
} as const satisfies Partial<ResetRequest>;

/** A request as it begins: proposed, or refused already. */
function createRequest(
  dependencies: Dependencies,
  asking: RequestDraft,
  facts: Pick<ResetRequest, 'refusal' | 'resetBefore' | 'replaces' | 'outsiders' | 'ticketFacts'>,
): ResetRequest {
  const { refusal, resetBefore, replaces, outsiders, ticketFacts } = facts;
  const now = dependencies.clock.now();
  const confirmBy = now + dependencies.policy().confirmWithinMinutes * 60_000;
  return {
    ...untouchedRequest,
    id: asking.id,
    version: 1,
    state: refusal ? 'refused' : 'proposed',
    correlationId: asking.correlationId,
    operationId: asId<OperationId>(dependencies.random.guid()),
    technician: asking.technician,
    askedIn: asking.conversation,
    askedBy: asking.activityId,
    target: asking.target,
    customerInferred: asking.customerInferred,
    resetBefore,
    ...(outsiders !== 0 && { outsiders }),
    ...(ticketFacts !== undefined && { ticketFacts }),
    ...(replaces !== undefined && { replaces }),
    proposedAt: now,
    confirmBy,
    ...(asking.stated !== undefined && { stated: asking.stated }),
    endedAt: refusal ? now : undefined,
    refusal,
    dueAt: refusal ? undefined : confirmBy,
  };
}

/** When and by whom this user's password was last reset, or may have been, within the 24 hours before now. */
async function findRecentReset(
  { store, clock }: Dependencies,
  { customer, user }: Target,
): Promise<ResetRequest['resetBefore']> {
  const before = await store.lastReset(customer.id, user.id, clock.now() - useCaseTunables.recentResetMilliseconds);
  if (before === undefined) return undefined;
  const { resetAt, confirmedAt, proposedAt, attention, technician } = before;
  const isCertain = resetAt !== undefined && attention === undefined;
  const at = resetAt ?? confirmedAt ?? proposedAt;
  return { at, by: technician.name, ...(isCertain && { isCertain }) };
}

/** When this person asked for this user before, where that still waits for their press. The store ends it when this one is added. */
async function findReplaced(
  { store }: Dependencies,
  { objectId, tenantId }: Technician,
  { customer, user }: Target,
): Promise<number | undefined> {
  const open = await store.unfinished(objectId, tenantId);
  return open.find(
    (request) =>
      isWaitingForConfirmation(request) &&
      request.target.customer.id === customer.id &&
      request.target.user.id === user.id,
  )?.proposedAt;
}
