import { sql } from 'kysely';
import type { ObjectId, QuestionId, TenantId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { QuestionStore } from '../reset/ports/stores.ts';
import type { OpenQuestion } from '../reset/questions/question.ts';
import type { AuditEntry } from '../reset/step.ts';
import { appendAudit, type AuditAuthor } from './append-audit.ts';
import type { Database } from './database.ts';
import { questionRow } from './question-row.ts';
import { reportFailure } from './report-failure.ts';
import type { QuestionRow } from './schema.ts';
import { StoreError } from './store-error.ts';
import { write } from './write.ts';

/** Questions with choices, in the same database as requests and with entries in the same trail. */
export function createQuestionStore(database: Database, author: AuditAuthor, log?: Log): QuestionStore {
  const { db } = database;
  return {
    add: (question: OpenQuestion, entry: AuditEntry) =>
      write(database, async (trx) => {
        const asked = await trx
          .selectFrom('open_questions')
          .select('id')
          .where('asked_in', '=', question.askedIn.id)
          .where('asked_by', '=', question.askedBy)
          .executeTakeFirst();
        if (asked !== undefined) return 'already-there';
        await trx.insertInto('open_questions').values(questionRow.make(question)).execute();
        await appendAudit(trx, author, [{ entry, before: undefined, after: undefined, question }]);
        return 'added';
      }),

    find: (id: QuestionId) =>
      reportFailure(async () => {
        const row = await db.selectFrom('open_questions').selectAll().where('id', '=', id).executeTakeFirst();
        return row === undefined ? undefined : questionRow.read(row);
      }),

    async swap(before: OpenQuestion, after: OpenQuestion, entry: AuditEntry) {
      const next = after.id === before.id && after.version === before.version + 1;
      if (!next) throw new Error('a step makes the next version of the same question');
      return write(database, async (trx) => {
        const { id, ...columns } = questionRow.make(after);
        const { numUpdatedRows } = await trx
          .updateTable('open_questions')
          .set(columns)
          .where('id', '=', id)
          .where('version', '=', before.version)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows !== 1n) return false;
        await appendAudit(trx, author, [{ entry, before: undefined, after: undefined, question: after }]);
        return true;
      });
    },

    openOf: (technician: ObjectId, tenant: TenantId) =>
      reportFailure(async () => {
        const rows = await db
          .selectFrom('open_questions')
          .selectAll()
          // Written out, not bound: only then does SQLite see that the index of these rows alone will do.
          .where('state', '=', sql.lit('open'))
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          .orderBy('due_at', 'desc')
          .orderBy('id')
          .limit(20)
          .execute();
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    due: (now: number, atMost: number) =>
      reportFailure(async () => {
        const rows = await db
          .selectFrom('open_questions')
          .selectAll()
          .where('due_at', '<=', database.present(now))
          .orderBy('due_at')
          .orderBy('id')
          .limit(atMost)
          .execute();
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    deleteEnded: (before: number, atMost: number) =>
      write(database, async (trx) => {
        const ended = trx
          .selectFrom('open_questions')
          .select('id')
          .where('ended_at', '<', before)
          .where('due_at', 'is', null)
          .orderBy('ended_at')
          .limit(atMost);
        const { numDeletedRows } = await trx.deleteFrom('open_questions').where('id', 'in', ended).executeTakeFirst();
        return Number(numDeletedRows);
      }),
  };
}

/** One row that cannot be read must not keep the others from being worked on. */
function readOrReport(row: QuestionRow, log: Log | undefined): readonly OpenQuestion[] {
  try {
    return [questionRow.read(row)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log?.({ level: 'error', event: 'question-unreadable', question: row.id });
    return [];
  }
}
