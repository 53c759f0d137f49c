import type { ResetRequest } from '../reset-request.ts';
import type { Target } from '../people/target.ts';
import type { Tools } from '../tools.ts';

const day = 24 * 60 * 60_000;

/** When and by whom this user's password was last reset, or may have been, within the 24 hours before now. */
export async function findResetBefore(
  { store, clock }: Tools,
  { customer, user }: Target,
): Promise<ResetRequest['resetBefore']> {
  const before = await store.lastReset(customer.id, user.id, clock.now() - day);
  if (before === undefined) return undefined;
  return { at: before.resetAt ?? before.confirmedAt ?? before.proposedAt, by: before.technician.name };
}
