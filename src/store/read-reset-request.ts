import { asId, type ResetRequestId } from '../ids.ts';
import type { Lease, ResetRequest, SealedPassword } from '../reset/request.ts';
import { followingStates, type ResetState } from '../reset/states.ts';
import { resetRequestDetails } from './reset-request-details.ts';
import type { ResetRequestRow } from './schema.ts';
import { StoreError } from './store-error.ts';

/** A row as a request. A row that does not hold one is a `StoreError` `row-unreadable`: nothing is guessed. */
export function readResetRequest(row: ResetRequestRow): ResetRequest {
  const details = resetRequestDetails.safeParse(parseJson(row.details));
  if (!details.success) throw new StoreError('row-unreadable');
  const request: ResetRequest = {
    ...details.data,
    id: asId<ResetRequestId>(row.id),
    version: row.version,
    state: readState(row.state),
    askedBy: row.asked_by,
    cardIsOwed: row.card_is_owed !== 0,
    proposedAt: row.proposed_at,
    confirmedAt: row.confirmed_at ?? undefined,
    sealedPassword: readSealedPassword(row),
    lease: readLease(row),
    dueAt: row.due_at ?? undefined,
  };
  const agrees =
    request.target.customer.id === row.customer_id &&
    request.target.user.id === row.user_id &&
    request.technician.objectId === row.technician_id &&
    request.technician.tenantId === row.technician_tenant_id &&
    request.askedIn.id === row.asked_in;
  if (!agrees) throw new StoreError('row-unreadable');
  return request;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new StoreError('row-unreadable');
  }
}

function readState(text: string): ResetState {
  if (!isState(text)) throw new StoreError('row-unreadable');
  return text;
}

function isState(text: string): text is ResetState {
  return Object.hasOwn(followingStates, text);
}

function readSealedPassword(row: ResetRequestRow): SealedPassword | undefined {
  const { sealed_key_id: keyId, sealed_nonce: nonce, sealed_ciphertext: ciphertext } = row;
  if (keyId === null && nonce === null && ciphertext === null) return undefined;
  if (keyId === null || nonce === null || ciphertext === null) throw new StoreError('row-unreadable');
  return { keyId, nonce, ciphertext };
}

function readLease(row: ResetRequestRow): Lease | undefined {
  const { lease_owner: owner, lease_until: until } = row;
  if (owner === null && until === null) return undefined;
  if (owner === null || until === null) throw new StoreError('row-unreadable');
  return { owner, until };
}
