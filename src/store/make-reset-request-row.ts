import type { ResetRequest } from '../reset/request.ts';
import type { ResetRequestDetails } from './reset-request-details.ts';
import type { ResetRequestRow } from './schema.ts';

/** The row of a request. The sealed password stands in its own columns only, so that erasing them erases it. */
export function makeResetRequestRow(request: ResetRequest): ResetRequestRow {
  const { id, version, state, askedBy, cardIsOwed, proposedAt, confirmedAt, sealedPassword, lease, dueAt, ...rest } =
    request;
  const details: ResetRequestDetails = rest;
  return {
    id,
    version,
    state,
    customer_id: rest.target.customer.id,
    user_id: rest.target.user.id,
    technician_id: rest.technician.objectId,
    technician_tenant_id: rest.technician.tenantId,
    asked_in: rest.askedIn.id,
    asked_by: askedBy,
    card_is_owed: cardIsOwed ? 1 : 0,
    proposed_at: proposedAt,
    confirmed_at: confirmedAt ?? null,
    sealed_key_id: sealedPassword?.keyId ?? null,
    sealed_nonce: sealedPassword?.nonce ?? null,
    sealed_ciphertext: sealedPassword?.ciphertext ?? null,
    lease_owner: lease?.owner ?? null,
    lease_until: lease?.until ?? null,
    due_at: dueAt ?? null,
    details: JSON.stringify(details, (_key, value: unknown) => (value === undefined ? null : value)),
  };
}
