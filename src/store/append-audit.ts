import type { Transaction } from 'kysely';
import type { AuditEntry } from '../reset/audit-entry.ts';
import type { ResetRequest } from '../reset/reset-request.ts';
import type { Schema } from './schema.ts';

/** One line of the trail to be: what is said, and of which change of which request. */
export type AuditLine = {
  readonly entry: AuditEntry;
  readonly before: ResetRequest | undefined;
  readonly after: ResetRequest | undefined;
};

/**
 * Writes lines into the trail within a transaction that holds its head. The numbers follow the last one without a gap,
 * because whoever rolls back gives their numbers back.
 */
export async function appendAudit(
  trx: Transaction<Schema>,
  instance: string,
  lines: readonly AuditLine[],
): Promise<void> {
  const { number } = await trx.selectFrom('audit_head').select('number').where('id', '=', 1).executeTakeFirstOrThrow();
  const rows = lines.map(({ entry, before, after }, index) => {
    const request = after ?? before;
    return {
      number: number + index + 1,
      at: entry.at,
      kind: entry.kind,
      actor: entry.actor,
      instance,
      request_id: request?.id ?? null,
      correlation_id: request?.correlationId ?? null,
      operation_id: request?.operationId ?? null,
      customer_id: request?.target.customer.id ?? null,
      user_id: request?.target.user.id ?? null,
      state_before: before?.state ?? null,
      state_after: after?.state ?? null,
      facts: JSON.stringify(entry.facts),
    };
  });
  await trx.insertInto('audit_records').values(rows).execute();
  await trx
    .updateTable('audit_head')
    .set({ number: number + rows.length })
    .where('id', '=', 1)
    .execute();
}
