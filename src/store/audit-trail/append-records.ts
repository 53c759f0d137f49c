import type { Transaction } from 'kysely';
import type { AuditEntry, OpenQuestion, ResetAttempt, ResetRequest, Technician } from '../../reset/index.ts';
import type { AuditRow, Schema } from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import { type AuditChain, canonicalJson, chainStart, formatAuditEvent } from './audit-chain.ts';
import { readTrailEnd } from './chain-head.ts';

/** What one new record describes: an entry, and the change of a request or the question that it belongs to. */
export type AuditChange = {
  readonly entry: AuditEntry;
  readonly before: ResetRequest | undefined;
  readonly after: ResetRequest | undefined;
  readonly question?: OpenQuestion | undefined;
};

/** The process that writes the trail. Without a chain it writes nothing, and so changes nothing that has to be recorded. */
export type AuditWriter = {
  /** Names this process. */
  readonly instance: string;
  /** The program's version. */
  readonly version: string;
  readonly chain: AuditChain | undefined;
  /** Receives the number of records that were written. Their transaction may still fail. */
  readonly wrote: (records: number) => void;
};

/**
 * Appends records to the trail, within a transaction that holds its head. The numbers have no gap, because a rollback
 * gives its numbers back. Each hash follows from the one before. Throws a `StoreError`: `audit-end-altered` if the end of
 * the trail was altered, `audit-not-kept` if the database did not keep the records.
 */
export async function appendAuditRecords(
  trx: Transaction<Schema>,
  { instance, version, chain, wrote }: AuditWriter,
  lines: readonly AuditChange[],
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

/** Inserts the rows and moves the head. A foreign trigger may swallow or undo either of them. Then nothing is done. */
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
  { entry, before, after, question }: AuditChange,
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

/** A database changes half a surrogate pair, and the record would look altered. JSON escapes it instead. */
function wellFormed(text: string): string;
function wellFormed(text: string | undefined): string | null;
function wellFormed(text: string | undefined): string | null {
  return text === undefined ? null : text.toWellFormed();
}

/** The people and the target of a record, as they were known at that moment. What is unknown or does not apply is absent. */
export type AuditAbout = {
  /** The person who acted; absent if Locksmith itself did. */
  readonly actor?: AuditPerson | undefined;
  /** The person who asked for the reset. */
  readonly requester?: AuditPerson | undefined;
  /** The second person who decided, where there was one. */
  readonly approver?: AuditPerson | undefined;
  readonly target?:
    | {
        readonly customerName: string;
        readonly customerDomain: string;
        readonly userName: string;
        readonly userPrincipalName: string;
        /** The directory roles that were seen. */
        readonly roles: 'unknown' | readonly { readonly id: string; readonly name: string }[];
      }
    | undefined;
  /** How the caller was verified, and the ticket, as the requester stated them. */
  readonly verification?: string | undefined;
  readonly ticket?: string | undefined;
  /** The last attempt to set the password, and its outcome. */
  readonly lastTry?:
    | {
        readonly number: number;
        readonly outcome: ResetAttempt['outcome'];
        readonly httpStatus?: number | undefined;
        readonly partnerCode?: string | undefined;
      }
    | undefined;
};

type AuditPerson = {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly userPrincipalName?: string | undefined;
};

/** Describes what an entry is about: its actor, and the people, the verification and the last attempt of its request or question. */
export function describeAbout(
  entry: AuditEntry,
  about:
    | (Pick<ResetRequest, 'technician'> & Partial<Pick<ResetRequest, 'target' | 'proof' | 'approval' | 'tries'>>)
    | undefined,
): AuditAbout {
  const requester = about?.technician;
  const approver = about?.approval?.decision?.by;
  const actor = entry.person ?? [requester, approver].find((person) => person?.objectId === entry.actor);
  const lastTry = about?.tries?.at(-1);
  const { customer, user } = about?.target ?? {};
  return {
    actor: actor && describePerson(actor),
    requester: requester && describePerson(requester),
    approver: approver && describePerson(approver),
    target: customer &&
      user && {
        customerName: customer.name,
        customerDomain: customer.domain,
        userName: user.displayName,
        userPrincipalName: user.userPrincipalName,
        roles: user.roles === 'unknown' ? user.roles : user.roles.map(({ id, name }) => ({ id, name })),
      },
    verification: about?.proof?.verification,
    ticket: about?.proof?.ticket,
    lastTry: lastTry && {
      number: lastTry.number,
      outcome: lastTry.outcome,
      httpStatus: lastTry.httpStatus,
      partnerCode: lastTry.partnerCode,
    },
  };
}

function describePerson({ objectId, tenantId, name, userPrincipalName }: Technician): AuditPerson {
  return { id: objectId, tenantId, name, userPrincipalName };
}
