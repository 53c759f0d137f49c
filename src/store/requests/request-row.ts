import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { asId, type Log, type ResetRequestId } from '../../base/index.ts';
import {
  isResetState,
  type Lease,
  type ResetRequest,
  type ResetState,
  type SealedPassword,
  statesWhere,
} from '../../reset/index.ts';
import type { ResetRequestRow, Schema } from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import { selectNewest } from '../rows/row-authentication.ts';
import type { RowGuard, StoredRow } from '../rows/row-guard.ts';
import { readJsonColumn } from '../rows/row-shapes.ts';
import { formatRequestDetails, type ResetRequestDetails, resetRequestDetails } from './request-details.ts';

/** The row of a request. The sealed password stands in its own columns only, so that erasing them erases it. */
export function createResetRequestRow(request: ResetRequest): ResetRequestRow {
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
    details: formatRequestDetails(details),
  };
}

/** The rows of requests, each with what the trail says of it. */
export function selectRequests(db: Kysely<Schema>) {
  return db.selectFrom('reset_requests').selectAll('reset_requests').select(selectNewest('reset_requests'));
}

/** A row as a request, if it is as Locksmith wrote it last; otherwise it throws a `StoreError` `row-altered`. */
export function readAuthenticRequest(rows: Pick<RowGuard, 'require'>, row: StoredRow<ResetRequestRow>): ResetRequest {
  rows.require('reset_requests', row);
  return readResetRequest(row);
}

/** One row that is not ours or cannot be read must not keep the others from being worked on. */
export function readRequestOrReport(
  rows: Pick<RowGuard, 'require'>,
  row: StoredRow<ResetRequestRow>,
  log: Log | undefined,
): readonly ResetRequest[] {
  try {
    return [readAuthenticRequest(rows, row)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log?.({ level: 'error', event: 'request-unreadable', request: row.id, correlationId: readCorrelationId(row) });
    return [];
  }
}

/** A row as a request. A row that does not hold one is a `StoreError` `row-unreadable`: nothing is guessed. */
export function readResetRequest(row: ResetRequestRow): ResetRequest {
  const request: ResetRequest = {
    ...readJsonColumn(resetRequestDetails, row.details),
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

function readState(text: string): ResetState {
  if (!isResetState(text)) throw new StoreError('row-unreadable');
  return text;
}

/**
 * The states of which something holds, for `state in` or `state not in`. SQLite uses a partial index only when the query
 * repeats the index's condition. So the states are literals, not bound parameters, and stand in the order of the index.
 */
export function stateLiterals(holds: Parameters<typeof statesWhere>[0]): readonly RawBuilder<ResetState>[] {
  return statesWhere(holds).map((state) => sql.lit(state));
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

const correlationShape = z.object({ correlationId: z.guid() });

/** The correlation id of an unreadable row, if that much can be read. It has no column of its own. */
export function readCorrelationId({ details }: Pick<ResetRequestRow, 'details'>): string | undefined {
  try {
    return correlationShape.safeParse(JSON.parse(details)).data?.correlationId;
  } catch {
    return undefined;
  }
}
