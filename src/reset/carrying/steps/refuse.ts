import type { Moved } from '../carry-out.ts';
import { policyHash } from '../../policy/policy-hash.ts';
import type { Refusal } from '../../refusal.ts';
import { refusalStep } from '../../refusal-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { swapStep } from './swap-step.ts';

/** Ends a request of which it is certain that nothing was changed, and erases its sealed password. */
export function refuse(tools: Tools, request: ResetRequest, refusal: Refusal): Promise<Moved> {
  const said = { at: tools.clock.now(), policy: policyHash(tools.policy()) };
  return swapStep(tools, request, refusalStep(request, refusal, said));
}
