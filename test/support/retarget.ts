import { asId, type UserId } from '../../src/base/ids.ts';
import type { ResetRequest } from '../../src/reset/request.ts';

/** The target of a request, but another user of the same customer. */
export function retarget({ target }: ResetRequest, user: string): ResetRequest['target'] {
  return { ...target, user: { ...target.user, id: asId<UserId>(user) } };
}
