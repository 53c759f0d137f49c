import { workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { isLeasedBy, type ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { commitStep, renewLease, type StepOutcome } from './commit-step.ts';

const { longestLeaseHeldMilliseconds, neededLeaseShare } = workflowTunables;

/** Whether enough of the lease of this process is left for one call with all its retries. */
export function hasEnoughLease(
  { clock, durations, instance }: Pick<Dependencies, 'clock' | 'durations' | 'instance'>,
  { lease }: Pick<ResetRequest, 'lease'>,
): boolean {
  const now = clock.now();
  return isLeasedBy({ lease }, instance, now) && (lease?.until ?? 0) - now >= neededLeaseShare * durations.lease;
}

/** Commits that this process has the lease from now on, if too little of it is left. `stale`: another instance works on the row. */
export function ensureLease(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  return hasEnoughLease(dependencies, request)
    ? Promise.resolve({ kind: 'moved', request })
    : commitRenewal(dependencies, request);
}

function commitRenewal(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const entry = { at: dependencies.clock.now(), kind: 'lease-renewed', actor: 'locksmith' } as const;
  return commitStep(dependencies, request, makeStep(request, renewLease(dependencies), entry));
}

/**
 * Waits for work that may take longer than a lease, as a look-up does that is throttled. Meanwhile the lease is renewed, so that
 * no other instance begins the same work, for `longestLeaseHeldMilliseconds` at most. Resolves to what the work brought and to the row as this process wrote it last. Where
 * another process has changed the row, the next step finds that out.
 */
export async function holdLease<Result>(
  dependencies: Dependencies,
  request: ResetRequest,
  work: Promise<Result>,
): Promise<{ readonly request: ResetRequest; readonly result: Result }> {
  const interval = (1 - neededLeaseShare) * dependencies.durations.lease;
  const until = dependencies.clock.now() + longestLeaseHeldMilliseconds;
  let held = request;
  let renewing: Promise<void> | undefined;
  let isOver = false;
  let cancel = schedule();
  try {
    const result = await work;
    isOver = true;
    await renewing;
    return { request: held, result };
  } finally {
    isOver = true;
    cancel();
  }

  function schedule(): () => void {
    return dependencies.clock.after(interval, () => {
      renewing = renew();
    });
  }

  /** A store that fails is asked again. */
  async function renew(): Promise<void> {
    const renewed = await commitRenewal(dependencies, held).catch(() => undefined);
    if (renewed?.kind === 'stale') return;
    if (renewed?.kind === 'moved') held = renewed.request;
    if (!isOver && dependencies.clock.now() < until) cancel = schedule();
  }
}
