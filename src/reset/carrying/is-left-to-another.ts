import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';
import { isSealedElsewhere } from './is-sealed-elsewhere.ts';
import { resetTries, untilAnotherKey } from './retry-rules.ts';

/**
 * Whether work that is due is left to an instance that has the key of its password. Rule: a key that is missing here ends
 * and spoils nothing; what ends a request is the time that every instance gives it, for a password that is to be brought with
 * half an hour more, because whoever has the key goes first.
 */
export function isLeftToAnother(tools: Pick<Tools, 'sealer'>, request: ResetRequest, now: number): boolean {
  return isSealedElsewhere(tools, request) && !isTimeUp(request, now);
}

function isTimeUp({ state, tries, deliverBy }: ResetRequest, now: number): boolean {
  switch (state) {
    case 'sealed':
    case 'resetting': {
      const [first] = tries;
      const nothingSent = tries.every(({ outcome }) => outcome === 'not-tried');
      return !nothingSent && first !== undefined && now - first.at > resetTries.withinMilliseconds;
    }
    case 'reset':
    case 'needs-attention':
    case 'delivering':
      return deliverBy !== undefined && now >= deliverBy + untilAnotherKey;
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'delivered':
    case 'hidden':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      // Nothing of this needs the password.
      return true;
  }
}
