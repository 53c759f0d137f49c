import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** When a question ended stands in a column, so that those which ended long ago can be found and deleted. */
export const endedQuestionsMigration: Migration = { up: addEndedAt };

type Tables = { readonly open_questions: { readonly id: string; readonly details: string; readonly ended_at: number } };

async function addEndedAt(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('open_questions').addColumn('ended_at', 'bigint').execute();
  const rows = await db.selectFrom('open_questions').select(['id', 'details']).execute();
  for (const { id, details } of rows) {
    const endedAt = readEndedAt(details);
    if (endedAt !== undefined) {
      await db.updateTable('open_questions').set({ ended_at: endedAt }).where('id', '=', id).execute();
    }
  }
  await sql`create index questions_ended on open_questions (ended_at) where ended_at is not null`.execute(db);
}

/** A row that cannot be read is left as it is. */
function readEndedAt(details: string): number | undefined {
  try {
    const question: unknown = JSON.parse(details);
    if (typeof question !== 'object' || question === null || !('endedAt' in question)) return undefined;
    return typeof question.endedAt === 'number' ? question.endedAt : undefined;
  } catch {
    return undefined;
  }
}
