import type { ResetRequest } from '../../reset-request.ts';
import { sealBinding } from '../../password/seal-binding.ts';
import type { Tools } from '../../tools.ts';
import type { Secret } from '../../../secret.ts';

/** The password of a request; undefined where there is none, no key opens it, or opening it fails in any other way. */
export function openSeal({ sealer, log }: Pick<Tools, 'sealer' | 'log'>, request: ResetRequest): Secret | undefined {
  const { sealedPassword, correlationId } = request;
  if (sealedPassword === undefined) return undefined;
  try {
    return sealer.open(sealedPassword, sealBinding(request));
  } catch {
    log({ level: 'error', event: 'sealer-failed', correlationId });
    return undefined;
  }
}
