import { type Kysely, sql, type Transaction } from 'kysely';
import { type Log, type ObjectId, type QuestionId, storeTunables, type TenantId } from '../base/index.ts';
import type { AuditEntry, OpenQuestion, QuestionStore } from '../reset/index.ts';
import { type AuditChange, inTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import type { Database, QuestionRow, Schema } from './database/database.ts';
import { createFollowedRead, findRemovable, prepareQuery } from './rows/reading-rows.ts';
import { StoreError } from './database/store-error.ts';
import { questionRow } from './question-row.ts';
import { nameRow, selectNewest } from './rows/row-authentication.ts';
import type { RowGuard, StoredRow } from './rows/row-guard.ts';

type WhoseQuestions = {
  readonly technician: ObjectId;
  readonly tenant: TenantId;
  readonly conversation: string;
  readonly since: number;
};

/** Questions with choices, in the same database as requests and with entries in the same trail. */
export function createQuestionStore(database: Database, author: AuditWriter, log?: Log): QuestionStore {
  const read = createFollowedRead(database, author);
  // Every message asks it.
  const selectRecent = prepareQuery<WhoseQuestions, StoredRow<QuestionRow>>((value) =>
    selectQuestions(database.db)
      .where('asked_in', '=', value('conversation'))
      .where('technician_id', '=', value('technician'))
      .where('technician_tenant_id', '=', value('tenant'))
      .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>=', value('since'))])),
  );
  return {
    add: (question: OpenQuestion, entry: AuditEntry) =>
      inTrail(database, author, async (trx, trail) => {
        const asked = await trx
          .selectFrom('open_questions')
          .select('id')
          .where('asked_in', '=', question.askedIn.id)
          .where('asked_by', '=', question.askedBy)
          .executeTakeFirst();
        if (asked !== undefined) return 'already-there';
        const { row, mark } = author.rows.sign('open_questions', questionRow.make(question));
        await trx.insertInto('open_questions').values(row).execute();
        await trail.append([{ entry, before: undefined, after: undefined, question, row: mark }]);
        return 'added';
      }),

    find: (id: QuestionId) =>
      read(async (db, guard) => {
        const row = await selectQuestions(db).where('id', '=', id).executeTakeFirst();
        return row && readAuthentic(guard, row);
      }),

    async swap(before: OpenQuestion, after: OpenQuestion, entry: AuditEntry) {
      const next = after.id === before.id && after.version === before.version + 1;
      if (!next) throw new Error('a step makes the next version of the same question');
      return inTrail(database, author, async (trx, trail) => {
        const stored = await selectQuestions(trx).where('id', '=', before.id).executeTakeFirst();
        // One that is over is removed after its time: a late answer finds nothing.
        if (stored === undefined) return false;
        author.rows.require('open_questions', stored);
        if (stored.version !== before.version) return false;
        const mark = await updateQuestion(trx, author.rows, after);
        await trail.append([{ entry, before: undefined, after: undefined, question: after, row: mark }]);
        return true;
      });
    },

    openOf: (technician: ObjectId, tenant: TenantId) =>
      read(async (db, guard) => {
        const rows = await selectQuestions(db)
          // Written out, not bound: only then does SQLite see that the index of these rows alone will do.
          .where('state', '=', sql.lit('open'))
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          .orderBy('due_at', 'desc')
          .orderBy('id')
          .limit(storeTunables.maxOpenQuestions)
          .execute();
        return rows.flatMap((row) => readQuestionOrReport(guard, row, log));
      }),

    recentOf: ({ technician, tenant, conversation }, since: number) =>
      read(async (db, guard) => {
        const rows = await selectRecent(db, { technician, tenant, conversation, since });
        return rows
          .flatMap((row) => readQuestionOrReport(guard, row, log))
          .toSorted((one, other) => other.askedAt - one.askedAt || (one.id < other.id ? -1 : 1));
      }),

    due: (now: number, atMost: number) =>
      read(async (db, guard) => {
        const rows = await selectQuestions(db)
          .where('due_at', '<=', database.present(now))
          .orderBy('due_at')
          .orderBy('id')
          .limit(atMost + storeTunables.maxUnreadableRows)
          .execute();
        return rows.flatMap((row) => readQuestionOrReport(guard, row, log)).slice(0, atMost);
      }),

    deleteEnded: async (before: number, atMost: number, now: number) => {
      if (!author.clocks.holds()) return 0;
      return inTrail(database, author, async (trx, trail) => {
        // One that somebody has altered stays, and `audit -- verify` names it.
        const ended = await findRemovable(
          (after: StoredRow<QuestionRow> | undefined, some) => findEnded(trx, before, some, after),
          (row) => author.rows.accepts('open_questions', row),
          atMost,
        );
        const removed = ended.map(({ id }) => id);
        if (removed.length === 0) return 0;
        await trx.deleteFrom('open_questions').where('id', 'in', removed).execute();
        const entry = { at: now, kind: 'row-removed', actor: 'locksmith', facts: { why: 'ended' } } as const;
        await trail.append(
          removed.map((id) => ({
            entry,
            before: undefined,
            after: undefined,
            row: { key: nameRow('open_questions', { id }) },
          })),
        );
        return removed.length;
      });
    },
  };
}

/** One row that is not ours or cannot be read must not keep the others from being worked on. */
export function readQuestionOrReport(
  guard: RowGuard,
  row: StoredRow<QuestionRow>,
  log: Log | undefined,
): readonly OpenQuestion[] {
  try {
    return [readAuthentic(guard, row)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log?.({ level: 'error', event: 'question-unreadable', question: row.id });
    return [];
  }
}

function readAuthentic(guard: RowGuard, row: StoredRow<QuestionRow>): OpenQuestion {
  guard.require('open_questions', row);
  return questionRow.read(row);
}

/** The questions that ended before that and owe no one anything, the longest over first, behind that row. */
function findEnded(
  db: Kysely<Schema>,
  before: number,
  atMost: number,
  after: QuestionRow | undefined,
): Promise<readonly StoredRow<QuestionRow>[]> {
  const ended = selectQuestions(db).where('ended_at', '<', before).where('due_at', 'is', null);
  const behind =
    after === undefined
      ? ended
      : ended.where((where) =>
          where.or([
            where('ended_at', '>', after.ended_at),
            where.and([where('ended_at', '=', after.ended_at), where('id', '>', after.id)]),
          ]),
        );
  return behind.orderBy('ended_at').orderBy('id').limit(atMost).execute();
}

/** The rows of questions, each with what the trail says of it. */
export function selectQuestions(db: Kysely<Schema>) {
  return db.selectFrom('open_questions').selectAll('open_questions').select(selectNewest('open_questions'));
}

/** Replaces the row of a question by its next version. Returns what the record of the step says of it. */
export async function updateQuestion(
  trx: Transaction<Schema>,
  rows: RowGuard,
  after: OpenQuestion,
): Promise<NonNullable<AuditChange['row']>> {
  const { row, mark } = rows.sign('open_questions', questionRow.make(after));
  const { id, ...columns } = row;
  await trx.updateTable('open_questions').set(columns).where('id', '=', id).executeTakeFirstOrThrow();
  return mark;
}
