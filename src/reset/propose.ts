import { asId, type CorrelationId, type OperationId, type ResetRequestId } from '../ids.ts';
import type { Conversation } from './conversation.ts';
import { isAmong } from './is-among.ts';
import { policyForCustomer } from './policy-for-customer.ts';
import type { Finding, Reading } from './ports.ts';
import type { Refusal } from './refusal.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Target } from './target.ts';
import type { Technician } from './technician.ts';
import type { Tools } from './tools.ts';
import { whatStops } from './what-stops.ts';

/** What comes of a sentence: a request to confirm or one that is refused already, or a question back. */
export type Proposal =
  | { readonly kind: 'proposed'; readonly request: ResetRequest }
  | { readonly kind: 'refused'; readonly request: ResetRequest }
  | {
      readonly kind: 'question';
      readonly finding: Exclude<Finding, { kind: 'found' }>;
      readonly correlationId: CorrelationId;
    }
  | { readonly kind: 'not-a-technician' }
  | { readonly kind: 'already-answered' };

/** What was typed, by whom and where. */
export type Question = {
  readonly technician: Technician;
  readonly conversation: Conversation;
  /** The activity that asked; delivered twice, it is answered once. */
  readonly activityId: string;
  readonly readings: readonly Reading[];
};

/**
 * Finds the one person that a sentence means and writes the request down. Nothing is changed at Partner Center. What
 * stops a reset is looked up afresh and said at once, so that nobody verifies a caller for nothing.
 */
export function createPropose(tools: Tools): (question: Question) => Promise<Proposal> {
  const { store, directory, clock, random } = tools;
  return async (question) => {
    const { technician } = question;
    const policy = tools.policy();
    const anywhere = [policy, ...Object.values(policy.customers)].flatMap((part) => part.technicians ?? []);
    const correlationId = asId<CorrelationId>(random.guid());
    if (!isAmong(technician.objectId, anywhere, new Set())) {
      await recordRefusal(technician, 'not-a-technician');
      return { kind: 'not-a-technician' };
    }
    const finding = await directory.find(question.readings, correlationId);
    if (finding.kind !== 'found') return { kind: 'question', finding, correlationId };
    const { customer } = finding.target;
    const fresh = await directory.lookUp(customer, finding.target.user.id, correlationId);
    if (fresh.kind === 'trouble') return { kind: 'question', finding: fresh, correlationId };
    if (fresh.kind === 'gone') {
      return {
        kind: 'question',
        finding: { kind: 'no-user', typed: finding.target.user.displayName, customer, near: [] },
        correlationId,
      };
    }
    const target = { customer, user: fresh.user };
    const here = policyForCustomer(policy, customer.id);
    if (!isAmong(technician.objectId, here.technicians, new Set())) {
      await recordRefusal(technician, 'not-a-technician');
      return { kind: 'not-a-technician' };
    }
    const refusal = whatStops(target, technician, here);
    const request = newRequest(question, target, correlationId, finding.customerInferred, refusal);
    const added = await store.add(request, {
      at: request.proposedAt,
      kind: refusal ? 'refused' : 'proposed',
      actor: technician.objectId,
      facts: { reason: refusal?.kind ?? null, userPrincipalName: target.user.userPrincipalName },
    });
    if (added === 'already-there') return { kind: 'already-answered' };
    return { kind: refusal ? 'refused' : 'proposed', request };
  };

  async function recordRefusal(technician: Technician, reason: Refusal['kind']): Promise<void> {
    const entry = { at: clock.now(), kind: 'question-refused', actor: technician.objectId, facts: { reason } } as const;
    await store.record(entry, undefined);
  }

  function newRequest(
    question: Question,
    target: Target,
    correlationId: CorrelationId,
    customerInferred: boolean,
    refusal: Refusal | undefined,
  ): ResetRequest {
    const now = clock.now();
    const confirmBy = now + tools.policy().confirmWithinMinutes * 60_000;
    return {
      id: asId<ResetRequestId>(random.token()),
      version: 1,
      state: refusal ? 'refused' : 'proposed',
      correlationId,
      operationId: asId<OperationId>(random.guid()),
      technician: question.technician,
      askedIn: question.conversation,
      askedBy: question.activityId,
      card: undefined,
      cardIsOwed: false,
      target,
      customerInferred,
      proposedAt: now,
      confirmBy,
      proof: undefined,
      confirmedAt: undefined,
      directMessage: undefined,
      sealedPassword: undefined,
      tries: [],
      endedBy: undefined,
      endedAt: refusal ? now : undefined,
      refusal,
      attention: undefined,
      resetAt: undefined,
      deliveredAt: undefined,
      putOff: 0,
      revealedAt: undefined,
      hideAt: undefined,
      hiddenAt: undefined,
      lease: undefined,
      dueAt: refusal ? undefined : confirmBy,
    };
  }
}
