import type { Moved } from '../carry-out.ts';
import { makeStep } from '../../make-step.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { sealBinding } from '../../password/seal-binding.ts';
import type { Tools } from '../../tools.ts';
import { goOn } from './go-on.ts';
import { renewedLease } from './renewed-lease.ts';

/** Makes the one password of this request and stores it sealed, before anybody else knows it; a freeze forbids it. */
export function sealPassword(tools: Tools, request: ResetRequest): Promise<Moved> {
  const sealedPassword = tools.sealer.seal(tools.makePassword(request.target), sealBinding(request));
  const step = makeStep(
    request,
    { state: 'sealed', sealedPassword, ...renewedLease(tools) },
    { at: tools.clock.now(), kind: 'sealed', actor: 'locksmith', facts: { keyId: sealedPassword.keyId } },
  );
  return goOn(tools, request, step);
}
