import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { type Log, storeTunables } from '../base/index.ts';
import type { AuditEntry, NoteStore, QueuedNote, ResetRequest, TicketNote } from '../reset/index.ts';
import { type AuditChange, inTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import { type Database, type NoteRow, type Schema, withStoreErrors } from './database/database.ts';
import { StoreError } from './database/store-error.ts';
import { findRemovable } from './rows/reading-rows.ts';
import { noteRow } from './note-row.ts';
import { readRequestOrReport, selectRequests } from './requests/request-row.ts';
import { nameRow, selectNewest } from './rows/row-authentication.ts';
import type { RowGuard, StoredRow } from './rows/row-guard.ts';

/** Notes that wait for the ticket system, in the same database as requests and with entries in the same trail. */
export function createNoteStore(database: Database, author: AuditWriter, log?: Log): NoteStore {
  const { db } = database;
  /** Without the altered ones, which hold no other back. */
  const selectDue = (instant: ReturnType<Database['present']>, atMost: number, altered: readonly string[]) =>
    selectNotes(db)
      .where('ticket_notes.state', '=', sql.lit('waiting'))
      .where('ticket_notes.due_at', '<=', instant)
      .where((where) =>
        where.or([where('ticket_notes.lease_until', 'is', null), where('ticket_notes.lease_until', '<=', instant)]),
      )
      .$if(altered.length > 0, (query) => query.where('ticket_notes.id', 'not in', altered))
      // Those of one ticket are sent in order: what is older comes first, also while it is on its way.
      .where((where) => where.not(where.exists(selectOlder(where, altered))))
      .orderBy('ticket_notes.due_at')
      .orderBy('ticket_notes.id')
      .limit(atMost + storeTunables.maxUnreadableRows)
      .execute();
  return {
    due: (now, atMost) =>
      withStoreErrors(async () => {
        const guard = author.rows.beforeRead();
        const instant = database.present(now);
        const altered: string[] = [];
        for (;;) {
          const rows = await selectDue(instant, atMost, altered);
          const read = rows.map((row) => ({ id: row.id, notes: readNoteOrReport(guard, row, log) }));
          const unreadable = read.filter(({ notes }) => notes.length === 0).map(({ id }) => id);
          if (unreadable.length === 0 || altered.length >= storeTunables.maxUnreadableRows)
            return read.flatMap(({ notes }) => notes).slice(0, atMost);
          // What cannot be read is never sent, so the later ones of its ticket do not wait for it.
          altered.push(...unreadable);
        }
      }),

    swap: (before: QueuedNote, after: QueuedNote | undefined, entry: AuditEntry) =>
      inTrail(database, author, async (trx, trail) => {
        const { id } = before.note;
        const row = await selectNotes(trx).where('ticket_notes.id', '=', id).executeTakeFirst();
        if (row === undefined) {
          author.rows.requireNeverThere('ticket_notes', nameRow('ticket_notes', { id }));
          return false;
        }
        author.rows.require('ticket_notes', row);
        if (row.version !== before.version) return false;
        const request = await selectRequests(trx).where('id', '=', before.note.request).executeTakeFirst();
        const [about] = request === undefined ? [] : readRequestOrReport(author.rows, request, log);
        const said = { entry, before: about, after: about };
        if (after === undefined) {
          await trx.deleteFrom('ticket_notes').where('id', '=', id).execute();
          await trail.append([{ ...said, row: { key: nameRow('ticket_notes', { id }) } }]);
          return true;
        }
        await trail.append([{ ...said, row: await updateNote({ trx, rows: author.rows }, after) }]);
        return true;
      }),

    removeGivenUp: async (before: number, atMost: number, entry: AuditEntry) => {
      if (!author.clocks.holds()) return 0;
      return inTrail(database, author, async (trx, trail) => {
        // One that was altered stays, and `audit -- verify` names it.
        const found = await findRemovable(
          (after: StoredRow<NoteRow> | undefined, some) => selectGivenUp(trx, before, some, after),
          (row) => readNoteOrReport(author.rows, row, log).length > 0,
          atMost,
        );
        if (found.length === 0) return 0;
        for (const { id } of found) await trx.deleteFrom('ticket_notes').where('id', '=', id).execute();
        await trail.append(
          found.map(({ id, ticket }) => ({
            entry: { ...entry, facts: { ...entry.facts, note: id, ticket } },
            before: undefined,
            after: undefined,
            row: { key: nameRow('ticket_notes', { id }) },
          })),
        );
        return found.length;
      });
    },

    outstanding: (since: number, atMost: number) =>
      withStoreErrors(async () => {
        const guard = author.rows.beforeRead();
        const rows = await selectNotes(db)
          .where('ticket_notes.happened_at', '>=', since)
          .orderBy('ticket_notes.happened_at', 'desc')
          .orderBy('ticket_notes.id')
          .limit(atMost)
          .execute();
        return rows.flatMap((row) => readNoteOrReport(guard, row, log));
      }),

    summary: () =>
      withStoreErrors(async () => {
        const rows = await db
          .selectFrom('ticket_notes')
          .select((row) => [
            'state',
            row.fn.countAll<number>().as('count'),
            row.fn.min<number>('happened_at').as('oldest'),
          ])
          .groupBy('state')
          .execute();
        const waiting = rows.find(({ state }) => state === 'waiting');
        const givenUp = rows.find(({ state }) => state === 'given-up');
        return { waiting: waiting?.count ?? 0, oldestSince: waiting?.oldest, givenUp: givenUp?.count ?? 0 };
      }),
  };
}

/** Replaces the row of a note. Returns what the record of it says of the row. */
async function updateNote(
  { trx, rows }: { readonly trx: Kysely<Schema>; readonly rows: RowGuard },
  note: QueuedNote,
): Promise<NonNullable<AuditChange['row']>> {
  const { row, mark } = rows.sign('ticket_notes', noteRow.make(note));
  const { id, ...columns } = row;
  await trx.updateTable('ticket_notes').set(columns).where('id', '=', id).executeTakeFirstOrThrow();
  return mark;
}

/** Ends the leases of notes whose sender is gone, within its transaction. Returns what the trail says of them. */
export async function endNoteLeases(
  { trx, rows }: { readonly trx: Kysely<Schema>; readonly rows: RowGuard },
  entry: AuditEntry,
): Promise<readonly AuditChange[]> {
  const leased = await selectNotes(trx).where('ticket_notes.lease_until', '>', entry.at).execute();
  const lines: AuditChange[] = [];
  for (const before of leased.flatMap((row) => readNoteOrReport(rows, row, undefined))) {
    const { lease, version, note } = before;
    const after = { ...before, version: version + 1, lease: lease && { ...lease, until: entry.at } };
    const said = { ...entry, facts: { ...entry.facts, note: note.id, ticket: note.ticket } };
    lines.push({ before: undefined, after: undefined, entry: said, row: await updateNote({ trx, rows }, after) });
  }
  return lines;
}

/** Writes down a note that a step owes, within its transaction. Returns what the trail says of it. */
export async function addOwedNote(
  { trx, rows }: { readonly trx: Kysely<Schema>; readonly rows: RowGuard },
  note: TicketNote | undefined,
  after: ResetRequest,
): Promise<readonly AuditChange[]> {
  if (note === undefined) return [];
  const queued: QueuedNote = { note, version: 1, state: 'waiting', tries: 0, lease: undefined, dueAt: note.at };
  const { row, mark } = rows.sign('ticket_notes', noteRow.make(queued));
  await trx.insertInto('ticket_notes').values(row).execute();
  const facts = { note: note.id, ticket: note.ticket, outcome: note.outcome };
  const entry = { at: note.at, kind: 'note-owed', actor: 'locksmith', facts } as const;
  return [{ entry, before: after, after, row: mark }];
}

/**
 * The waiting notes of the same ticket that come before a note. The ticket of one that another system is meant for is another ticket.
 * In the text of a column no name or subject can look like its trouble, because quotes within it are escaped.
 */
function selectOlder(where: ExpressionBuilder<Schema, 'ticket_notes'>, altered: readonly string[]) {
  return where
    .selectFrom('ticket_notes as older')
    .select('older.id')
    .whereRef('older.ticket', '=', 'ticket_notes.ticket')
    .where('older.state', '=', sql.lit('waiting'))
    .where('older.details', 'not like', '%"code":"other-system"%')
    .$if(altered.length > 0, (query) => query.where('older.id', 'not in', altered))
    .where((older) =>
      older.or([
        older('older.happened_at', '<', older.ref('ticket_notes.happened_at')),
        older.and([
          older('older.happened_at', '=', older.ref('ticket_notes.happened_at')),
          older('older.id', '<', older.ref('ticket_notes.id')),
        ]),
      ]),
    );
}

/** Notes that were given up and happened before that instant, the oldest first, behind that row. */
function selectGivenUp(db: Kysely<Schema>, before: number, atMost: number, after: NoteRow | undefined) {
  const all = selectNotes(db)
    .where('ticket_notes.state', '=', sql.lit('given-up'))
    .where('ticket_notes.happened_at', '<', before);
  const behind =
    after === undefined
      ? all
      : all.where((where) =>
          where.or([
            where('ticket_notes.happened_at', '>', after.happened_at),
            where.and([
              where('ticket_notes.happened_at', '=', after.happened_at),
              where('ticket_notes.id', '>', after.id),
            ]),
          ]),
        );
  return behind.orderBy('ticket_notes.happened_at').orderBy('ticket_notes.id').limit(atMost).execute();
}

/** The rows of notes, each with what the trail says of it. */
function selectNotes(db: Kysely<Schema>) {
  return db.selectFrom('ticket_notes').selectAll('ticket_notes').select(selectNewest('ticket_notes'));
}

/** One row that is not ours or cannot be read must not keep the others from being sent. */
function readNoteOrReport(guard: RowGuard, row: StoredRow<NoteRow>, log: Log | undefined): readonly QueuedNote[] {
  try {
    guard.require('ticket_notes', row);
    return [noteRow.read(row)];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log?.({ level: 'error', event: 'ticket-note-unreadable', note: row.id });
    return [];
  }
}
