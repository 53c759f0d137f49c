import type { Moved } from '../carry-out.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { afterTry } from './after-try.ts';
import { needAttention } from './need-attention.ts';
import { refuse } from './refuse.ts';

/** Ends a request that came back with a backup without another PATCH: a sealed password is delivered as one that may be in force. */
export function settleRestored(tools: Tools, request: ResetRequest): Promise<Moved> {
  if (request.sealedPassword === undefined) return refuse(tools, request, { kind: 'restored' });
  const { tries } = request.state === 'resetting' ? afterTry(request, 'no-answer-kept', tools.clock.now()) : request;
  return needAttention(tools, { ...request, tries }, { kind: 'unclear', trouble: undefined });
}
