import type { ResetRequest } from '../reset-request.ts';

/**
 * Whether a freeze lets a sealed password go on to its end: it is being set right now, or may be in force already. What was
 * put off before anything was sent has waited long enough for a brake to be pulled.
 */
export function isOnItsWay({ state, putOff, tries }: ResetRequest): boolean {
  if (state === 'resetting') return true;
  const nothingSent = tries.every(({ outcome }) => outcome === 'not-tried');
  return state === 'sealed' && !(nothingSent && (putOff > 0 || tries.length > 0));
}
