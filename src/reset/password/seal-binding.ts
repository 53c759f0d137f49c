import type { ResetRequest } from '../reset-request.ts';

/** What a sealed password is tied to: opened for any other request, user or requester, the seal breaks. */
export function sealBinding(request: ResetRequest): string {
  return ['1', request.id, request.target.customer.id, request.target.user.id, request.technician.objectId].join('|');
}
