import { startDeadline, wait, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { mayWriteBack } from '../policy/eligibility.ts';
import { policyForCustomer } from '../policy/policy.ts';
import type { PasswordSettingOutcome } from '../ports/partner-center.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import type { CustomerUser } from '../target.ts';
import { commitStep, renewLease, type StepOutcome } from './commit-step.ts';
import { showWaiting } from './waiting.ts';

/** Whether the password of this user is written back by Graph, by the policy in force. */
export function writesBack(
  { policy, writeBack }: Pick<Dependencies, 'policy' | 'writeBack'>,
  { target }: Pick<ResetRequest, 'target'>,
  user: CustomerUser,
): boolean {
  return writeBack !== undefined && mayWriteBack(policyForCustomer(policy(), target.customer.id), user);
}

/** Commits the address of an operation before it is polled, so that another process can go on polling. */
export function keepLocation(
  dependencies: Dependencies,
  request: ResetRequest,
  location: string,
): Promise<StepOutcome> {
  const at = dependencies.clock.now();
  const step = makeStep(
    request,
    { writeBack: { isUsed: true, location, acceptedAt: at }, ...renewLease(dependencies) },
    { at, kind: 'write-back-accepted', actor: 'locksmith', facts: { try: request.tries.length } },
  );
  return commitStep(dependencies, request, step);
}

const unclear: PartnerTrouble = {
  code: 'write-back-running',
  signInCode: undefined,
  httpStatus: undefined,
  partnerCode: undefined,
  storedWording: undefined,
};

/**
 * Polls the operation for the time of one attempt, less and less often. A final state is given to `settle`. Otherwise the
 * request stays as it is and is due again, for this process or another. After `workflowTunables.writeBackWithinMilliseconds`
 * it is unclear whether the password is in force. Rule: no second operation is started while the address of one is known.
 */
export async function pollWriteBack(
  dependencies: Dependencies,
  request: ResetRequest,
  givenUp: AbortSignal,
  settle: (outcome: PasswordSettingOutcome) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  const { clock, writeBack } = dependencies;
  const { location, acceptedAt = 0 } = request.writeBack ?? {};
  if (location === undefined) throw new Error('there is no operation to poll');
  const { target, correlationId } = request;
  const operation = { customer: target.customer.id, user: target.user.id, correlationId };
  const deadline = startDeadline(clock, dependencies.durations.resetTry);
  try {
    const signal = AbortSignal.any([deadline.signal, givenUp]);
    for (let pause = workflowTunables.firstWriteBackPollMilliseconds; !signal.aborted; pause *= 2) {
      const state = await writeBack?.poll(operation, location, signal);
      if (state?.kind === 'succeeded') return await settle({ kind: 'applied' });
      if (state?.kind === 'failed') return await settle({ kind: 'refused', trouble: state.trouble });
      const now = clock.now();
      if (now - acceptedAt >= workflowTunables.writeBackWithinMilliseconds)
        return await settle({ kind: 'unknown', trouble: unclear, repetition: 'useless' });
      if (now + pause >= deadline.at) break;
      await wait(clock, pause);
    }
  } finally {
    deadline.cancel();
  }
  const now = clock.now();
  const entry = { at: now, kind: 'write-back-running', actor: 'locksmith' } as const;
  const moved = await commitStep(dependencies, request, makeStep(request, { lease: undefined, dueAt: now }, entry));
  if (moved.kind === 'moved') await showWaiting(dependencies, moved.request);
  return moved;
}
