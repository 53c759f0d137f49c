import { workflowTunables } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import { refusalOfFreeze } from '../freezes.ts';
import { hashPolicy } from '../policy/policy.ts';
import type { Refusal } from '../refusal.ts';
import { type Attention, isLeasedBy, type ResetRequest } from '../request.ts';
import { isWaitingForApproval, isWaitingForConfirmation } from '../request-status.ts';
import type { AuditEntry } from '../audit-entry.ts';
import { makeRefusalStep, makeStep, type Step } from '../step.ts';

/**
 * What became of one step. `moved`: it was committed, and the request is its next version. `stale`: another process has
 * changed the row. `rest`: there is nothing to do before `dueAt`.
 */
export type StepOutcome =
  { readonly kind: 'moved'; readonly request: ResetRequest } | { readonly kind: 'stale' } | { readonly kind: 'rest' };

/**
 * Runs a request, step by step, as far as it gets now. Resolves to the request as it then stands. With `isClaimed` the
 * caller has just committed a step that gives the lease to this process, so the run begins without another one.
 */
export type RunRequest = (request: ResetRequest, options?: { readonly isClaimed: boolean }) => Promise<ResetRequest>;

/**
 * Commits a step: replaces the row by its next version and writes the audit entry, both or neither. It is `stale` if the row
 * has changed since `request` was read. For the steps that the store may refuse for another reason, use `commitGuardedStep`.
 */
export async function commitStep(dependencies: Dependencies, request: ResetRequest, step: Step): Promise<StepOutcome> {
  const swapped = await dependencies.store.swap(request, step);
  return swapped.kind === 'swapped' ? { kind: 'moved', request: swapped.request } : { kind: 'stale' };
}

/**
 * Commits a step towards a reset. The store refuses it while the customer is frozen, or while another request for the same
 * user is under way. Then this request ends as refused, with that reason.
 */
export async function commitGuardedStep(
  dependencies: Dependencies,
  request: ResetRequest,
  step: Step,
): Promise<StepOutcome> {
  const swapped = await dependencies.store.swap(request, step);
  switch (swapped.kind) {
    case 'swapped':
      return { kind: 'moved', request: swapped.request };
    case 'stale':
    case 'over-limit':
      return { kind: 'stale' };
    case 'frozen':
      return refuse(dependencies, request, refusalOfFreeze(swapped.freeze, request));
    case 'user-busy': {
      const other = await dependencies.store.underWay(request.target.customer.id, request.target.user.id);
      return refuse(dependencies, request, { kind: 'under-way', by: other?.technician.name });
    }
  }
}

/** Ends a request for which Locksmith has certainly changed nothing. Erases its sealed password. */
export function refuse(dependencies: Dependencies, request: ResetRequest, refusal: Refusal): Promise<StepOutcome> {
  const said = { at: dependencies.clock.now(), policy: hashPolicy(dependencies.policy()) };
  return commitStep(dependencies, request, makeRefusalStep(request, refusal, said));
}

/**
 * It is unknown whether the password is in force. There is no further PATCH. The sealed password is delivered, marked as
 * uncertain, and a person has to check.
 */
export async function requireAttention(
  dependencies: Dependencies,
  request: ResetRequest,
  attention: Attention,
): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  dependencies.log({
    level: 'error',
    event: 'reset-needs-attention',
    correlationId: request.correlationId,
    why: attention.kind,
  });
  const step = makeStep(
    request,
    {
      state: 'needs-attention',
      attention,
      deliverBy: now + workflowTunables.undeliveredPasswordMilliseconds,
      ...renewLease(dependencies),
    },
    {
      at: now,
      kind: 'needs-attention',
      actor: 'locksmith',
      facts: { why: attention.kind, trouble: attention.trouble?.code ?? null, tries: request.tries.length },
    },
  );
  const moved = await commitStep(dependencies, request, step);
  if (moved.kind === 'moved') {
    dependencies.raiseAlarm({ kind: 'needs-attention', ...identifyRequest(request), why: attention.kind });
  }
  return moved;
}

/**
 * Ends a request whose time to be confirmed or approved is over. Returns the request as it stands, whether this call ended
 * it, another process changed it, or its time is not over.
 */
export async function expireIfUnanswered(dependencies: Dependencies, request: ResetRequest): Promise<ResetRequest> {
  const now = dependencies.clock.now();
  if (!isTimeUp(request, now)) return request;
  const step = makeStep(
    request,
    { state: 'expired', endedAt: now, cardIsOwed: true, putOff: 0, lease: undefined, dueAt: now },
    {
      at: now,
      kind: 'expired',
      actor: 'locksmith',
      facts: { waitedFor: request.approval ? 'approval' : 'confirmation' },
    },
  );
  const swapped = await dependencies.store.swap(request, step);
  if (swapped.kind === 'swapped') return swapped.request;
  const found = await dependencies.store.find(request.id);
  return found === undefined ? request : expireIfUnanswered(dependencies, found);
}

function isTimeUp(request: ResetRequest, now: number): boolean {
  if (isWaitingForConfirmation(request)) return now >= request.confirmBy;
  return isWaitingForApproval(request) && now >= (request.approval?.approveBy ?? Infinity);
}

/**
 * The fields of a step that gives this process the lease from now on. The row becomes due when the lease ends, so that
 * another instance reclaims it if this process dies.
 */
export function renewLease(dependencies: Dependencies): Pick<ResetRequest, 'lease' | 'dueAt'> {
  const until = dependencies.clock.now() + dependencies.durations.lease;
  return { lease: { owner: dependencies.instance, until }, dueAt: until };
}

/**
 * Gives the lease back, because this process stops or lacks the sealing key. The row becomes due at once for another
 * instance. While a PATCH may be on its way (`resetting`) the lease is kept until it ends by itself.
 */
export function releaseLease(
  dependencies: Dependencies,
  request: ResetRequest,
  facts: AuditEntry['facts'] = {},
): Promise<StepOutcome> {
  const now = dependencies.clock.now();
  const isOurs = isLeasedBy(request, dependencies.instance, now);
  if (!isOurs || request.state === 'resetting') return Promise.resolve({ kind: 'rest' });
  const entry = { at: now, kind: 'handed-over', actor: 'locksmith', facts } as const;
  return commitStep(dependencies, request, makeStep(request, { lease: undefined, dueAt: now }, entry));
}
