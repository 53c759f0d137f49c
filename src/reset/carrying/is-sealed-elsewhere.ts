import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';

/** Whether the password of a request is sealed with a key that this process does not have: another one may. */
export function isSealedElsewhere({ sealer }: Pick<Tools, 'sealer'>, { sealedPassword }: ResetRequest): boolean {
  return sealedPassword !== undefined && !sealer.hasKeyOf(sealedPassword);
}
