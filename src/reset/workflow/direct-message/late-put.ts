import { workflowTunables } from '../../../base/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { isLeasedBy, type ResetRequest } from '../../request.ts';
import { messagesWithPassword, withMessages } from '../sealed-password.ts';

/** The states in which an instance puts the password into a message, under its lease. */
const puttingStates: ReadonlySet<ResetRequest['state']> = new Set(['delivering', 'delivered']);

/**
 * What the row has to remember when work is taken over, or ended, whose lease is over. Its owner may have put the password. It may
 * do so yet where it is only frozen, even after the message was hidden: nothing can be asked between its last look at the lease and
 * the bytes.
 */
export function noteOvertaken(
  dependencies: Pick<Dependencies, 'clock' | 'delivery' | 'instance'>,
  request: ResetRequest,
): Partial<Pick<ResetRequest, 'heldBy' | 'latePut'>> {
  const { latePut, state, lease } = request;
  const isOurs = isLeasedBy(request, dependencies.instance, dependencies.clock.now());
  if (lease === undefined || isOurs || !puttingStates.has(state)) return {};
  const heldBy = messagesWithPassword(dependencies, request);
  if (heldBy.length === 0) return {};
  return { heldBy, latePut: { into: withMessages(latePut?.into ?? [], heldBy), hidings: 0, hideAgainAt: undefined } };
}

/** What is owed after the messages were hidden at `now`: another hiding, as long as any is left. */
export function oweLateHiding(
  { latePut }: Pick<ResetRequest, 'latePut'>,
  now: number,
): Partial<Pick<ResetRequest, 'latePut'>> {
  if (latePut === undefined) return {};
  const wait = workflowTunables.lateHidingDelaysMilliseconds[latePut.hidings];
  if (wait === undefined) return { latePut: { ...latePut, hideAgainAt: undefined } };
  return { latePut: { ...latePut, hidings: latePut.hidings + 1, hideAgainAt: now + wait } };
}

/** Whether messages that were hidden have to be hidden once more by now. */
export function isLateHidingDue({ latePut }: Pick<ResetRequest, 'latePut'>, now: number): boolean {
  return latePut?.hideAgainAt !== undefined && latePut.hideAgainAt <= now;
}
