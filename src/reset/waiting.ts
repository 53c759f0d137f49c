import { workflowTunables } from '../base/index.ts';
import { isWaitingForApproval, isWaitingForConfirmation, type ResetRequest, waitsForSignIn } from './request.ts';
import { states } from './states.ts';

/** What a confirmed request waits for, and since when, in milliseconds since 1970. */
export type Waiting = {
  /**
   * `no-mfa`: Partner Center refuses the sign-in, because it was made without multifactor authentication. `throttled`: it asks for
   * patience. `outage`: it gives no answer that can be used. `no-answer`: nothing was answered yet, by it or by Teams.
   * `write-back`: Microsoft writes the password to the customer's local directory.
   */
  readonly kind: 'no-mfa' | 'throttled' | 'outage' | 'no-answer' | 'write-back';
  readonly since: number;
};

/**
 * Since when a confirmed request waits, in milliseconds since 1970: since it was approved by a second person, or else confirmed.
 * Undefined before that.
 */
export function findWaitingSince({ approval, confirmedAt }: ResetRequest): number | undefined {
  return approval?.decision?.at ?? confirmedAt;
}

/**
 * What a confirmed request has waited for longer than `tellWaitingAfterMilliseconds`, so that its card says more than that it
 * is worked on. Undefined if it waits for a person, is delivered or over, or has not waited that long.
 *
 * @param now Milliseconds since 1970 in UTC.
 */
export function findWaiting(request: ResetRequest, now: number): Waiting | undefined {
  const since = findWaitingSince(request);
  const { phase, password } = states[request.state];
  const isOver = phase === 'over' || phase === 'delivered' || password === 'set';
  const isForPerson = isWaitingForConfirmation(request) || isWaitingForApproval(request) || waitsForSignIn(request);
  if (since === undefined || isOver || isForPerson) return undefined;
  if (now - since < workflowTunables.tellWaitingAfterMilliseconds) return undefined;
  const { acceptedAt } = request.writeBack ?? {};
  if (acceptedAt !== undefined) return { kind: 'write-back', since: acceptedAt };
  const answered = request.tries.filter(({ outcome }) => outcome !== 'pending');
  const [first] = answered;
  const last = answered.at(-1);
  if (first === undefined || last === undefined) return { kind: 'no-answer', since };
  if (last.partnerCode === '900421') return { kind: 'no-mfa', since: first.at };
  return { kind: last.httpStatus === 429 ? 'throttled' : 'outage', since: first.at };
}
