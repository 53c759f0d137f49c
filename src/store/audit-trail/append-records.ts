import type { Transaction } from 'kysely';
import type { AuditEntry, OpenQuestion, ResetAttempt, ResetRequest, Technician } from '../../reset/index.ts';
import type { AuditRow, Schema } from '../database/database.ts';
import { StoreError } from '../database/store-error.ts';
import { type AuditChain, canonicalJson, chainStart, formatAuditEvent } from './audit-chain.ts';
import { readTrailEnd } from './chain-head.ts';

/** One line of the trail to be: what is said, and of which change of which request, or of which question. */
export type AuditChange = {
  readonly entry: AuditEntry;
  readonly before: ResetRequest | undefined;
  readonly after: ResetRequest | undefined;
  readonly question?: OpenQuestion | undefined;
};

/** Who writes the trail. Without a chain nobody does: whoever has no key can change nothing that has to be recorded. */
export type AuditWriter = {
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

/** A database keeps half a character as something else, which would then look tampered with. In JSON it is written out. */
function wellFormed(text: string): string;
function wellFormed(text: string | undefined): string | null;
function wellFormed(text: string | undefined): string | null {
  return text === undefined ? null : text.toWellFormed();
}

/** Whom and what a record is about, as they were known at that moment. What is not known, or does not apply, is left out. */
export type AuditAbout = {
  /** Whoever did it; left out where no person did. */
  readonly actor?: AuditPerson | undefined;
  /** Whoever asked for the reset. */
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
  /** How the caller was verified, and the ticket, as the requester said. */
  readonly verification?: string | undefined;
  readonly ticket?: string | undefined;
  /** The last call that set, or was to set, the password, and what came of it. */
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

/** What an entry is about: the actor, and of a request or a question its people, its proof and its last try. */
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
