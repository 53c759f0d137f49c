import { sql } from 'kysely';
import { z } from 'zod';
import {
  asId,
  type CorrelationId,
  type Log,
  type ObjectId,
  type QuestionId,
  type ResetRequestId,
  type TenantId,
  storeTunables,
} from '../base/index.ts';
import type { Asks, AuditEntry, Choice, Closed, OpenQuestion, QuestionStore } from '../reset/index.ts';
import { appendAuditRecords, type AuditWriter } from './audit-trail/append-records.ts';
import { type Database, inTransaction, type QuestionRow, withStoreErrors } from './database/database.ts';
import { StoreError } from './database/store-error.ts';
import { formatJsonColumn, oneOf, readJsonColumn, shapes } from './row-shapes.ts';

/** Questions with choices, in the same database as requests and with entries in the same trail. */
export function createQuestionStore(database: Database, author: AuditWriter, log?: Log): QuestionStore {
  const { db } = database;
  return {
    add: (question: OpenQuestion, entry: AuditEntry) =>
      inTransaction(database, async (trx) => {
        const asked = await trx
          .selectFrom('open_questions')
          .select('id')
          .where('asked_in', '=', question.askedIn.id)
          .where('asked_by', '=', question.askedBy)
          .executeTakeFirst();
        if (asked !== undefined) return 'already-there';
        await trx.insertInto('open_questions').values(questionRow.make(question)).execute();
        await appendAuditRecords(trx, author, [{ entry, before: undefined, after: undefined, question }]);
        return 'added';
      }),

    find: (id: QuestionId) =>
      withStoreErrors(async () => {
        const row = await db.selectFrom('open_questions').selectAll().where('id', '=', id).executeTakeFirst();
        return row === undefined ? undefined : questionRow.read(row);
      }),

    async swap(before: OpenQuestion, after: OpenQuestion, entry: AuditEntry) {
      const next = after.id === before.id && after.version === before.version + 1;
      if (!next) throw new Error('a step makes the next version of the same question');
      return inTransaction(database, async (trx) => {
        const { id, ...columns } = questionRow.make(after);
        const { numUpdatedRows } = await trx
          .updateTable('open_questions')
          .set(columns)
          .where('id', '=', id)
          .where('version', '=', before.version)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows !== 1n) return false;
        await appendAuditRecords(trx, author, [{ entry, before: undefined, after: undefined, question: after }]);
        return true;
      });
    },

    openOf: (technician: ObjectId, tenant: TenantId) =>
      withStoreErrors(async () => {
        const rows = await db
          .selectFrom('open_questions')
          .selectAll()
          // Written out, not bound: only then does SQLite see that the index of these rows alone will do.
          .where('state', '=', sql.lit('open'))
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          .orderBy('due_at', 'desc')
          .orderBy('id')
          .limit(storeTunables.maxOpenQuestions)
          .execute();
        return rows.flatMap((row) => readOrReport(row, log));
      }),

    recentOf: ({ technician, tenant, conversation }, since: number) =>
      withStoreErrors(async () => {
        const rows = await db
          .selectFrom('open_questions')
          .selectAll()
          .where('asked_in', '=', conversation)
          .where('technician_id', '=', technician)
          .where('technician_tenant_id', '=', tenant)
          .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>=', since)]))
          .execute();
        return rows
          .flatMap((row) => readOrReport(row, log))
          .toSorted((one, other) => other.askedAt - one.askedAt || (one.id < other.id ? -1 : 1));
      }),

    due: (now: number, atMost: number) =>
      withStoreErrors(async () => {
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
      inTransaction(database, async (trx) => {
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

const { instant, perhaps, conversation, messageAddress, technician, customer, target } = shapes;

/** One kind of an ending, also where several are written as one. */
type ClosedAs<Kind extends Closed['kind']> = Closed & { readonly kind: Kind };

const closingShapes = {
  gone: z.strictObject({ kind: z.literal('gone'), target }),
  changed: z.strictObject({ kind: z.literal('changed'), target }),
  nobody: z.strictObject({ kind: z.literal('nobody'), typed: z.string(), customer }),
  'customer-gone': z.strictObject({ kind: z.literal('customer-gone'), customer }),
  'said-in-words': z.strictObject({ kind: z.literal('said-in-words') }),
  'answered-elsewhere': z.strictObject({ kind: z.literal('answered-elsewhere') }),
  'not-a-technician': z.strictObject({ kind: z.literal('not-a-technician') }),
  'groups-unknown': z.strictObject({ kind: z.literal('groups-unknown') }),
} satisfies { readonly [Kind in Closed['kind']]: z.ZodType<ClosedAs<Kind>> };

const closingShape: z.ZodType<Closed> = z.union(Object.values(closingShapes));

const choiceShape: z.ZodType<Choice> = z.union([
  z.strictObject({ kind: z.literal('customer'), key: z.string(), customer }),
  z.strictObject({ kind: z.literal('user'), key: z.string(), target }),
]);

const questionShape: z.ZodType<OpenQuestion> = z.strictObject({
  id: z.string().transform(asId<QuestionId>),
  version: z.int(),
  state: oneOf<OpenQuestion['state']>({
    open: true,
    chosen: true,
    answered: true,
    closed: true,
    cancelled: true,
    expired: true,
  }),
  correlationId: z.string().transform(asId<CorrelationId>),
  technician,
  askedIn: conversation,
  askedBy: z.string(),
  readings: z.array(z.strictObject({ user: z.string(), customer: perhaps(z.string()) })),
  asks: z.strictObject({
    kind: oneOf<Asks['kind']>({
      'which-customer': true,
      'near-customer': true,
      'near-domain': true,
      'which-user': true,
      'near-user': true,
      'missing-customer': true,
      'missing-user': true,
      'which-confirmation': true,
    }),
    typed: z.string(),
    more: perhaps(z.int().nonnegative()).transform((more) => more ?? 0),
    customer: customer.optional(),
  }),
  choices: z.array(choiceShape),
  customerChosen: z.boolean(),
  chosen: perhaps(z.string()),
  // A row is written without them where there is nothing to write, so that an older program can read it.
  typedAnswers: z.array(z.strictObject({ activityId: z.string(), name: z.string() })).optional(),
  typedUntil: instant.optional(),
  inferredFrom: z.literal(['address', 'context']).optional(),
  stated: z.strictObject({ verification: perhaps(z.string()), ticket: perhaps(z.string()) }).optional(),
  becomes: z.string().transform(asId<ResetRequestId>),
  closing: perhaps(closingShape),
  askedAt: instant,
  expiresAt: instant,
  endedAt: perhaps(instant),
  card: perhaps(messageAddress),
  cardIsOwed: z.boolean(),
  putOff: z.int().nonnegative(),
  worker: perhaps(z.string()),
  dueAt: perhaps(instant),
});

/** A question as a row, and back. A row that does not hold one is a `StoreError` `row-unreadable`: nothing is guessed. */
const questionRow = {
  make(given: OpenQuestion): QuestionRow {
    return {
      id: given.id,
      version: given.version,
      state: given.state,
      technician_id: given.technician.objectId,
      technician_tenant_id: given.technician.tenantId,
      asked_in: given.askedIn.id,
      asked_by: given.askedBy,
      due_at: given.dueAt ?? null,
      ended_at: given.endedAt ?? null,
      details: formatJsonColumn(given),
    };
  },

  read(row: QuestionRow): OpenQuestion {
    const data = readJsonColumn(questionShape, row.details);
    const agrees =
      data.id === row.id &&
      data.version === row.version &&
      data.state === row.state &&
      data.technician.objectId === row.technician_id &&
      data.technician.tenantId === row.technician_tenant_id &&
      data.askedIn.id === row.asked_in &&
      data.askedBy === row.asked_by &&
      (data.endedAt ?? null) === row.ended_at;
    if (!agrees) throw new StoreError('row-unreadable');
    return { ...data, dueAt: row.due_at ?? undefined };
  },
} as const;
