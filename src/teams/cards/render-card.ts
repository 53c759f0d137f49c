import type { ResetRequest } from '../../reset/request.ts';
import type { Card } from './card.ts';
import type { ProofWanted } from './proof-wanted.ts';
import { renderConfirmation } from './render-confirmation.ts';
import { renderOutcome } from './render-outcome.ts';
import { renderWorking } from './render-working.ts';

/** The card of a request as it stands at `now` (milliseconds since 1970 in UTC). */
export function renderCard(request: ResetRequest, wanted: ProofWanted, now: number): Card {
  switch (request.state) {
    case 'proposed':
      if (request.confirmedAt !== undefined) return renderWorking(request);
      return now < request.confirmBy ? renderConfirmation(request, wanted) : renderOutcome(request);
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
      return renderWorking(request);
    case 'reset':
    case 'delivering':
    case 'delivered':
    case 'hidden':
    case 'needs-attention':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return renderOutcome(request);
  }
}
