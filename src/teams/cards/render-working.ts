import type { ResetRequest } from '../../reset/reset-request.ts';
import { bindConfirmation } from './bind-confirmation.ts';
import type { Card } from './card.ts';

/** The confirmation after the press, while it is not finished: whose password it is, and nothing left to press. */
export function renderWorking(request: ResetRequest): Card {
  return bindConfirmation(request, { kind: request.state === 'awaiting-approval' ? 'waiting' : 'working' });
}
