import type { Transaction } from 'kysely';
import type { AuditEntry, OpenQuestion, ResetRequest } from '../../reset/index.ts';
import type { AuditRow, Schema } from '../database/schema.ts';
import { StoreError } from '../database/store-error.ts';
import { describeAbout } from './audit-about.ts';
import { type AuditChain, canonicalJson, chainStart, formatAuditEvent } from './audit-chain.ts';
import { readTrailEnd } from './chain-head.ts';

/** One line of the trail to be: what is said, and of which change of which request, or of which question. */
export type AuditLine = {
  readonly entry: AuditEntry;
  readonly before: ResetRequest | undefined;
  readonly after: ResetRequest | undefined;
  readonly question?: OpenQuestion | undefined;
};

/** Who writes the trail. Without a chain nobody does: whoever has no key can change nothing that has to be recorded. */
export type AuditAuthor = {
  /** Names this process. */
  readonly instance: string;
  /** The program's version. */
  readonly version: string;
  readonly chain: AuditChain | undefined;
  /** Told how many records were written; their transaction may still fail. */
  readonly wrote: (records: number) => void;
};

/**
 * Writes lines into the trail within a transaction that holds its head. The numbers follow the last one without a gap,
 * because whoever rolls back gives their numbers back; each hash follows from the one before. Throws a `StoreError` where
 * the end of the trail was altered (`audit-end-altered`) or the lines are not kept (`audit-not-kept`).
 */
export async function appendAudit(
  trx: Transaction<Schema>,
  { instance, version, chain, wrote }: AuditAuthor,
  lines: readonly AuditLine[],
): Promise<void> {
  if (chain === undefined) throw new Error('the trail is not written without its key');
  const head = await readTrailEnd(trx);
  let hash = head.hash === '' ? chainStart : head.hash;
  const rows = lines.map((line, index) => {
    const number = head.number + index + 1;
    const unchained = createAuditRow(line, { number, instance, version });
    hash = chain.hash(hash, formatAuditEvent({ ...unchained, at: String(unchained.at) }, String(number)));
    return { ...unchained, hash };
  });
  await insertRecords(trx, head.number, rows, hash);
  wrote(rows.length);
}

/** Inserts the rows and moves the head. A trigger that somebody has made may swallow either, or undo it at once: then nothing is done. */
async function insertRecords(
  trx: Transaction<Schema>,
  last: number,
  rows: readonly AuditRow[],
  hash: string,
): Promise<void> {
  const number = last + rows.length;
  const inserted = await trx.insertInto('audit_records').values(rows).executeTakeFirstOrThrow();
  const moved = await trx
    .updateTable('audit_head')
    .set({ number, hash })
    .where('id', '=', 1)
    .where((eb) => {
      const added = eb.selectFrom('audit_records').select(eb.fn.countAll().as('count')).where('number', '>', last);
      const end = eb.selectFrom('audit_records').select('number').where('number', '=', number).where('hash', '=', hash);
      return eb.and([eb(added, '=', rows.length), eb.exists(end)]);
    })
    .executeTakeFirstOrThrow();
  const isKept = inserted.numInsertedOrUpdatedRows === BigInt(rows.length) && moved.numUpdatedRows === 1n;
  if (!isKept) throw new StoreError('audit-not-kept');
}

function createAuditRow(
  { entry, before, after, question }: AuditLine,
  of: Pick<AuditRow, 'number' | 'instance' | 'version'>,
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
    facts: canonicalJson(entry.facts),
    about: canonicalJson(describeAbout(entry, request ?? question)),
  };
}

/** A database keeps half a character as something else, which would then look tampered with. In JSON it is written out. */
function wellFormed(text: string): string;
function wellFormed(text: string | undefined): string | null;
function wellFormed(text: string | undefined): string | null {
  return text === undefined ? null : text.toWellFormed();
}
