import { type ResetRequest, waitsForSignIn } from '../../reset/request.ts';
import { bindConfirmation } from './bind-confirmation.ts';
import type { Card } from './card.ts';

/** The confirmation after the press, while it is not finished: whose password it is, and nothing left to press. */
export function renderWorking(request: ResetRequest): Card {
  const isWaiting = request.state === 'awaiting-approval' && request.approval?.decision === undefined;
  if (waitsForSignIn(request)) return bindConfirmation(request, { kind: 'paused' });
  return bindConfirmation(request, { kind: isWaiting ? 'waiting' : 'working' });
}
