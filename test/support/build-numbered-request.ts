import { asId, type ResetRequestId } from '../../src/base/ids.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import { buildResetRequest } from './build-reset-request.ts';

/** One of several requests for the same user by the same person: `request-1`, asked by `f:activity-1`, and so on. */
export function buildNumberedRequest(number: number, given: Partial<ResetRequest> = {}): ResetRequest {
  return buildResetRequest({
    id: asId<ResetRequestId>(`request-${number}`),
    askedBy: `f:activity-${number}`,
    ...given,
  });
}
