import type { ResetRequest, SealedPassword } from '../../reset-request.ts';
import { sealBinding } from '../../password/seal-binding.ts';
import type { Opened } from '../../ports/sealer.ts';
import type { Tools } from '../../tools.ts';
import { saySealedElsewhere } from '../say-sealed-elsewhere.ts';

/**
 * The password of a request, or why it cannot be read, which is said in the log. `broken` too where there is none, or opening
 * it fails in any other way.
 */
export function openSeal(tools: Pick<Tools, 'sealer' | 'log' | 'raiseAlarm'>, request: ResetRequest): Opened {
  const { sealedPassword, correlationId, state } = request;
  if (sealedPassword === undefined) return { kind: 'broken' };
  const opened = open(sealedPassword);
  if (opened.kind === 'key-missing') saySealedElsewhere(tools, request);
  if (opened.kind === 'broken') {
    tools.log({ level: 'error', event: 'seal-broken', correlationId, state, keyId: sealedPassword.keyId });
  }
  return opened;

  function open(sealed: SealedPassword): Opened {
    try {
      return tools.sealer.open(sealed, sealBinding(request));
    } catch {
      tools.log({ level: 'error', event: 'sealer-failed', correlationId });
      return { kind: 'broken' };
    }
  }
}
