import type { Dependencies } from '../dependencies.ts';
import { refusalOfFreeze } from '../freezes.ts';
import { hashPolicy } from '../policy/policy.ts';
import type { Refusal } from '../refusal.ts';
import { isWaitingForApproval, isWaitingForConfirmation, type ResetRequest } from '../request.ts';
import { makeRefusalStep, makeStep, type Step } from '../step.ts';

/**
 * One step of a request. `moved`: the swap was made, the request stands as given; `stale`: somebody else has moved it;
 * `rest`: nothing to do before `dueAt`.
 */
export type StepOutcome =
  { readonly kind: 'moved'; readonly request: ResetRequest } | { readonly kind: 'stale' } | { readonly kind: 'rest' };

/**
 * Runs a request, step by step, as far as it gets now. Resolves to the request as it then stands. With `isClaimed` the
 * caller has just committed a step that gives the lease to this process, so the run begins without another one.
 */
export type RunRequest = (request: ResetRequest, options?: { readonly isClaimed: boolean }) => Promise<ResetRequest>;

/** Swaps a request for its next version. A user that is busy is only possible on the way to `approved`, which sees to it itself. */
export async function commitStep(dependencies: Dependencies, request: ResetRequest, step: Step): Promise<StepOutcome> {
  const swapped = await dependencies.store.swap(request, step);
  return swapped.kind === 'swapped' ? { kind: 'moved', request: swapped.request } : { kind: 'stale' };
}

/**
 * Makes a step towards a reset. The store lets it through only while the customer is not frozen and nobody else is
 * resetting the same person; otherwise the request is refused, with the reason.
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
      return refuse(dependencies, request, refusalOfFreeze(swapped.freeze));
    case 'user-busy': {
      const other = await dependencies.store.underWay(request.target.customer.id, request.target.user.id);
      return refuse(dependencies, request, { kind: 'under-way', by: other?.technician.name ?? 'somebody else' });
    }
  }
}

/** Ends a request of which it is certain that nothing was changed, and erases its sealed password. */
export function refuse(dependencies: Dependencies, request: ResetRequest, refusal: Refusal): Promise<StepOutcome> {
  const said = { at: dependencies.clock.now(), policy: hashPolicy(dependencies.policy()) };
  return commitStep(dependencies, request, makeRefusalStep(request, refusal, said));
}

/** Ends a request whose time to be confirmed, or to be approved, has run out. Returns the request as it stands, whoever was first. */
export async function expire(dependencies: Dependencies, request: ResetRequest): Promise<ResetRequest> {
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
  return found === undefined ? request : expire(dependencies, found);
}

function isTimeUp(request: ResetRequest, now: number): boolean {
  if (isWaitingForConfirmation(request)) return now >= request.confirmBy;
  return isWaitingForApproval(request) && now >= (request.approval?.approveBy ?? Infinity);
}
