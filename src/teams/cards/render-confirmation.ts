import type { ResetRequest } from '../../reset/request.ts';
import { bindConfirmation } from './bind-confirmation.ts';
import type { Card } from './card.ts';
import type { ProofWanted } from './proof-wanted.ts';

/**
 * The card that shows whose password it is, and what would make a careful person stop, and asks for proof and the press.
 * Its buttons carry the id of the request and nothing else.
 */
export function renderConfirmation(request: ResetRequest, wanted: ProofWanted): Card {
  return bindConfirmation(request, { kind: 'ask', wanted });
}
