import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';

/** Says that this process lacks the key that the password of a request is sealed with. */
export function saySealedElsewhere(
  { log, raiseAlarm }: Pick<Tools, 'log' | 'raiseAlarm'>,
  { sealedPassword, correlationId, state }: ResetRequest,
): void {
  if (sealedPassword === undefined) return;
  const { keyId } = sealedPassword;
  log({ level: 'warn', event: 'seal-key-missing', correlationId, state, keyId });
  raiseAlarm({ kind: 'sealing-key-missing', keyId });
}
