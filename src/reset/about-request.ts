import type { ResetRequest } from './reset-request.ts';

/** What an alarm says of the request it is about: ids, and no names. */
export function aboutRequest({ correlationId, technician, target }: ResetRequest) {
  return {
    correlationId,
    technician: technician.objectId,
    customer: target.customer.id,
    user: target.user.id,
  } as const;
}
