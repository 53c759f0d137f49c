import type { ResetRequest } from '../../reset/request.ts';
import { plainName } from './plain-name.ts';

/** Tells who asked, in the chat where they did, that no second person gave leave: a card that changes wakes nobody. Plain text. */
export function sayEndOfWait({ state, technician, target, approval }: ResetRequest): string {
  const what = `the reset for ${plainName(target.user.displayName)} at ${plainName(target.customer.name)}`;
  const who = plainName(technician.name);
  if (state === 'declined') {
    return `${who}: ${plainName(approval?.decision?.by.name ?? 'Somebody')} declined ${what}. Nothing was changed.`;
  }
  return state === 'expired'
    ? `${who}: nobody approved ${what} in time. Nothing was changed.`
    : `${who}: ${what} was refused ${when(approval)}. Nothing was changed; the card says why.`;
}

function when(approval: ResetRequest['approval']): string {
  const decision = approval?.decision;
  return decision?.kind === 'approved'
    ? `after ${plainName(decision.by.name)} approved it`
    : 'while it waited for approval';
}
