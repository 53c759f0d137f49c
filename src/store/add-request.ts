import type { Transaction } from 'kysely';
import type { ResetRequest } from '../reset/request.ts';
import type { AuditEntry } from '../reset/step.ts';
import { appendAudit, type AuditAuthor, type AuditLine } from './append-audit.ts';
import { makeResetRequestRow } from './make-reset-request-row.ts';
import { readResetRequest } from './read-reset-request.ts';
import type { Schema } from './schema.ts';

/** Adds a request at its first version and expires what the same person has proposed for the same user, within a transaction. */
export async function addRequest(
  trx: Transaction<Schema>,
  author: AuditAuthor,
  request: ResetRequest,
  entry: AuditEntry,
): Promise<'added' | 'already-there'> {
  const asked = await trx
    .selectFrom('reset_requests')
    .select('id')
    .where('asked_in', '=', request.askedIn.id)
    .where('asked_by', '=', request.askedBy)
    .executeTakeFirst();
  if (asked !== undefined) return 'already-there';

  const lines: AuditLine[] = [];
  for (const before of await findOpenProposals(trx, request)) {
    const after = expire(before, entry.at);
    const { id, ...columns } = makeResetRequestRow(after);
    await trx.updateTable('reset_requests').set(columns).where('id', '=', id).executeTakeFirstOrThrow();
    lines.push({ before, after, entry: { ...entry, kind: 'expired', facts: { replacedBy: request.id } } });
  }
  await trx.insertInto('reset_requests').values(makeResetRequestRow(request)).execute();
  await appendAudit(trx, author, [...lines, { before: undefined, after: request, entry }]);
  return 'added';
}

async function findOpenProposals(trx: Transaction<Schema>, request: ResetRequest): Promise<readonly ResetRequest[]> {
  const rows = await trx
    .selectFrom('reset_requests')
    .selectAll()
    .where('state', '=', 'proposed')
    .where('confirmed_at', 'is', null)
    .where('technician_id', '=', request.technician.objectId)
    .where('technician_tenant_id', '=', request.technician.tenantId)
    .where('customer_id', '=', request.target.customer.id)
    .where('user_id', '=', request.target.user.id)
    .orderBy('proposed_at')
    .execute();
  return rows.map(readResetRequest);
}

function expire(proposal: ResetRequest, at: number): ResetRequest {
  return {
    ...proposal,
    version: proposal.version + 1,
    state: 'expired',
    endedAt: at,
    cardIsOwed: true,
    putOff: 0,
    lease: undefined,
    dueAt: at,
  };
}
