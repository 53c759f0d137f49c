import type { ResetRequest } from './reset-request.ts';

/** Whether what was confirmed, or approved, was put off because there is no sign-in to Partner Center. */
export function waitsForSignIn({ state, confirmedAt, approval, putOff, lease }: ResetRequest): boolean {
  const mayWait =
    (state === 'proposed' && confirmedAt !== undefined) ||
    (state === 'awaiting-approval' && approval?.decision !== undefined) ||
    state === 'sealed';
  return mayWait && putOff > 0 && lease === undefined;
}
