import type { Dependencies } from '../dependencies.ts';
import { findFreeze, refusalOfFreeze } from '../freezes.ts';
import { recheckPreconditions } from '../policy/preconditions.ts';
import type { ResetRequest } from '../request.ts';
import type { CustomerUser } from '../target.ts';
import { refuse, type StepOutcome } from './commit-step.ts';
import { holdLease } from './keep-lease.ts';
import { refuseOrWaitForSignIn } from './waiting.ts';

/** `holds`: nothing stands against the next step. `stopped`: the request was refused, or waits for a sign-in. */
type Recheck =
  | { readonly kind: 'holds'; readonly request: ResetRequest; readonly user: CustomerUser }
  | { readonly kind: 'stopped'; readonly outcome: StepOutcome };

/**
 * Looks up again what a reset rests on, while nothing was sent: that no freeze forbids it, the rights, the user, the approval.
 * The lease is renewed meanwhile, so the next step has to follow the version that this returns.
 */
export async function recheck(dependencies: Dependencies, given: ResetRequest): Promise<Recheck> {
  const freeze = await findFreeze(dependencies, given.target.customer.id);
  if (freeze !== undefined)
    return { kind: 'stopped', outcome: await refuse(dependencies, given, refusalOfFreeze(freeze, given)) };
  const { request, result } = await holdLease(dependencies, given, recheckPreconditions(dependencies, given));
  if (result.kind === 'stopped')
    return { kind: 'stopped', outcome: await refuseOrWaitForSignIn(dependencies, request, result.refusal) };
  return { kind: 'holds', request, user: result.user };
}
