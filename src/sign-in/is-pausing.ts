import type { SignInPause, SignInTrouble } from '../reset/refusal.ts';

/** Whether a person is needed; what passes by itself is only tried again. */
export function isPausing(trouble: SignInTrouble): trouble is SignInPause {
  return trouble !== 'unreachable' && trouble !== 'store_failed' && trouble !== 'key_missing';
}
