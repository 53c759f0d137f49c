import type { Kysely } from 'kysely';
import type { AuditHead } from './audit-head.ts';
import type { Schema } from './schema.ts';

/** The head of the trail as it is committed; undefined while nothing has been chained. */
export async function readAuditHead(db: Kysely<Schema>): Promise<AuditHead | undefined> {
  const head = await db
    .selectFrom('audit_head')
    .select(['number', 'hash'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return head.hash === '' ? undefined : head;
}
