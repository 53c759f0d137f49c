import type { Kysely, Transaction } from 'kysely';
import { storeTunables } from '../../base/index.ts';
import type { AuditEntry, OpenQuestion, ResetRequest } from '../../reset/index.ts';
import { type AuditRow, type Database, inTransaction, type Schema } from '../database/database.ts';
import {
  createBatch,
  requireAffected,
  sendAndCommit,
  sendTogether,
  type StatementBatch,
} from '../database/statement-batch.ts';
import { StoreError } from '../database/store-error.ts';
import { describeAbout } from './audit-about.ts';
import { canonicalJson, formatAuditEvent } from './audit-chain.ts';
import type { AuditWriter } from './audit-writer.ts';
import { type AuditHead, readSelectedEnd, selectTrailEnd } from './chain-head.ts';
import type { FollowedRecord, TrailEnd, TrailFollower } from './follow-trail.ts';

/** What one new record describes: an entry, and the change of a request or the question that it belongs to. */
export type AuditChange = {
  readonly entry: AuditEntry;
  readonly before: ResetRequest | undefined;
  readonly after: ResetRequest | undefined;
  readonly question?: OpenQuestion | undefined;
  /** The row that the change has written, and its MAC; without a MAC it has removed the row. */
  readonly row?: { readonly key: string; readonly mac?: string } | undefined;
};

/** The trail within a transaction that holds its head. */
export type OpenTrail = {
  /** What is in force at its end, what this transaction has appended included. */
  frozen(): string | undefined;
  /** What the verified records say of requests, without what this transaction has appended. */
  readonly requests: TrailFollower['requests'];
  /**
   * Appends records. The numbers have no gap, because a rollback gives its numbers back. Each hash follows from the one
   * before. `frozen` is the MAC of the freezes in force from these records on, where they change it. What stands in `writes` is
   * sent together with the records, before them. Throws a `StoreError` `audit-not-kept` if the database did not keep the records.
   */
  append(
    lines: readonly AuditChange[],
    frozen?: { readonly mac: string | undefined },
    writes?: StatementBatch,
  ): Promise<void>;
  /** The same as the last thing that the transaction does: it is committed with it. */
  appendAndCommit(lines: readonly AuditChange[], writes: StatementBatch): Promise<void>;
};

/**
 * Does `work` in one transaction that holds the head of the trail, after everything that was written since the last time is
 * verified. Throws a `StoreError` `audit-end-altered` if it does not verify. The statements of `first` are sent with those that
 * begin the transaction; their answers are there when `work` is called.
 */
export async function inTrail<Result>(
  database: Pick<Database, 'db' | 'kind'>,
  author: AuditWriter,
  work: (trx: Transaction<Schema>, trail: OpenTrail) => Promise<Result>,
  first = createBatch(),
): Promise<Result> {
  const written: FollowedRecord[] = [];
  const end = first.add(selectTrailEnd(database.db));
  const result = await inTransaction(
    database,
    async (trx) => work(trx, await openTrailEnd(trx, author, readSelectedEnd(end().rows[0]), written)),
    first,
  ).catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'audit-end-altered') {
      author.rows.report({ table: 'audit_records', how: 'not-newest', row: undefined });
    }
    throw error;
  });
  // Not before it is committed: what is rolled back was never there.
  author.follower?.remember(written);
  return result;
}

/** Opens the trail in a transaction that holds its head and has read it. What is appended is added to `written`. */
export async function openTrailEnd(
  trx: Kysely<Schema>,
  { instance, version, chain, follower, wrote }: AuditWriter,
  head: AuditHead,
  written: FollowedRecord[],
): Promise<OpenTrail> {
  if (chain === undefined || follower === undefined) throw new Error('the trail is not written without its key');
  let end: TrailEnd = await follower.follow(trx, head);
  /** Adds records to the writes. Without one there is no end to hold the head against: an empty trail has none. */
  const chainRecords = (lines: readonly AuditChange[], frozen: string | undefined, writes: StatementBatch): void => {
    const last = end.number;
    const rows = lines.map((line) => {
      const number = end.number + 1;
      const unchained = createAuditRow(line, { number, instance, version, frozen: frozen ?? null });
      const event = { ...unchained, at: String(unchained.at) };
      const hash = chain.hash(end.hash, formatAuditEvent(event, String(number)));
      const record = { number, hash, frozen, key: line.row?.key, mac: line.row?.mac, event };
      follower.noteWritten(record, end.hash);
      written.push(record);
      end = record;
      return { ...unchained, hash };
    });
    if (rows.length > 0) addRecords(writes, trx, last, rows, end.hash);
  };
  return {
    frozen: () => end.frozen,
    requests: follower.requests,
    async append(lines, frozen = { mac: end.frozen }, writes = createBatch()) {
      chainRecords(lines, frozen.mac, writes);
      await sendTogether(trx, writes);
      wrote(lines.length);
    },
    async appendAndCommit(lines, writes) {
      chainRecords(lines, end.frozen, writes);
      await sendAndCommit(trx, writes);
      wrote(lines.length);
    },
  };
}

/**
 * Inserts the rows and moves the head. A statement of SQLite takes 32,766 parameters, so many rows need several. A foreign trigger may swallow or undo
 * either of them. Then nothing is done.
 */
function addRecords(
  batch: StatementBatch,
  trx: Kysely<Schema>,
  last: number,
  rows: readonly AuditRow[],
  hash: string,
): void {
  const number = last + rows.length;
  for (let from = 0; from < rows.length; from += storeTunables.recordsWrittenAtOnce) {
    const some = rows.slice(from, from + storeTunables.recordsWrittenAtOnce);
    batch.add(trx.insertInto('audit_records').values(some), requireAffected(some.length, 'audit-not-kept'));
  }
  const moved = trx
    .updateTable('audit_head')
    .set({ number, hash })
    .where('id', '=', 1)
    .where((eb) => {
      const added = eb.selectFrom('audit_records').select(eb.fn.countAll().as('count')).where('number', '>', last);
      const end = eb.selectFrom('audit_records').select('number').where('number', '=', number).where('hash', '=', hash);
      return eb.and([eb(added, '=', rows.length), eb.exists(end)]);
    });
  batch.add(moved, requireAffected(1, 'audit-not-kept'));
}

function createAuditRow(
  { entry, before, after, question, row }: AuditChange,
  of: Pick<AuditRow, 'number' | 'instance' | 'version' | 'frozen'>,
): Omit<AuditRow, 'hash'> {
  const request = after ?? before;
  return {
    ...of,
    at: entry.at,
    kind: entry.kind,
    actor: wellFormed(entry.actor),
    request_id: wellFormed(request?.id),
    correlation_id: wellFormed(request?.correlationId ?? question?.correlationId),
    operation_id: wellFormed(request?.operationId),
    customer_id: wellFormed(request?.target.customer.id),
    user_id: wellFormed(request?.target.user.id),
    state_before: before?.state ?? null,
    state_after: after?.state ?? null,
    row_key: row?.key ?? null,
    row_mac: row?.mac ?? null,
    facts: canonicalJson(entry.facts),
    about: canonicalJson(describeAbout(entry, request ?? question)),
  };
}

/** A database changes half a surrogate pair, and the record would look altered. JSON escapes it instead. */
function wellFormed(text: string): string;
function wellFormed(text: string | undefined): string | null;
function wellFormed(text: string | undefined): string | null {
  return text === undefined ? null : text.toWellFormed();
}
