import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { mayHold } from './may-hold.ts';
import { swapStep } from './swap-step.ts';

/** The part of a lease that one call with all its tries may take, which has to be left: two thirds. */
const neededOfLease = 2 / 3;

/**
 * Writes down that this process goes on with what it could not finish, under the lease that it still has and no longer;
 * undefined where there is nothing of that kind. Rule: nothing outside is repeated before this is written, so a store that
 * cannot write lets no second message be posted, and a message in which the password may stand already is hidden with the
 * rest; and what is left of the lease has to be long enough, so that no late call meets what another has done since.
 */
export function takeUpAgain(tools: Tools, request: ResetRequest): Promise<Moved> | undefined {
  const now = tools.clock.now();
  const { lease, state, approval } = request;
  const isOurs = lease?.owner === tools.instance && lease.until > now;
  const isJustPressed = state === 'proposed' || (state === 'awaiting-approval' && approval?.decision !== undefined);
  // A try that was written down has its whole time, whoever began it.
  if (!isOurs || isJustPressed || state === 'resetting') return undefined;
  if (lease.until - now < neededOfLease * tools.lengths.lease) return Promise.resolve({ kind: 'rest' });
  const heldBy = state === 'delivering' ? mayHold(tools, request) : request.heldBy;
  const facts = { from: tools.instance, times: request.takeOvers };
  return swapStep(
    tools,
    request,
    makeStep(request, { heldBy }, { at: now, kind: 'taken-over', actor: 'locksmith', facts }),
  );
}
