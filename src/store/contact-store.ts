import { type Kysely, type RawBuilder, sql, type SqlBool } from 'kysely';
import { z } from 'zod';
import { asId, type ObjectId, storeTunables, type TenantId } from '../base/index.ts';
import type { AuditEntry, Contact, ContactStore } from '../reset/index.ts';
import { inTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import type { ContactRow, Database, Schema } from './database/database.ts';
import { createBatch } from './database/statement-batch.ts';
import { createFollowedRead, findRemovable } from './rows/reading-rows.ts';
import { nameRow, readRowMark, selectNewest } from './rows/row-authentication.ts';
import type { RowGuard, StoredRow } from './rows/row-guard.ts';
import { formatJsonColumn, shapes } from './rows/row-shapes.ts';

const { instant, conversation, technician } = shapes;

const contactShape: z.ZodType<Contact> = z.strictObject({ person: technician, wroteIn: conversation, seenAt: instant });

/**
 * Those who have written to the bot. A row that does not hold one, or is not as Locksmith wrote it last, is passed over: the person
 * writes again.
 */
export function createContactStore(database: Database, author: AuditWriter): ContactStore {
  const read = createFollowedRead(database, author);
  return {
    find: (person: ObjectId, tenant: TenantId) =>
      read(async (db, guard) => {
        const row = await selectContacts(db)
          .where('object_id', '=', person)
          .where('tenant_id', '=', tenant)
          .executeTakeFirst();
        if (row !== undefined) return readContact(guard, row)[0];
        await findRemovedContacts(db, guard, { key: nameRow('contacts', { object_id: person, tenant_id: tenant }) });
        return undefined;
      }),

    tenantsOf: (person: ObjectId) =>
      read(async (db, guard) => {
        const rows = await selectContacts(db).where('object_id', '=', person).orderBy('seen_at').execute();
        const read = rows.map((row) => ({ row, contact: readContact(guard, row)[0] }));
        const removed = await findRemovedContacts(db, guard, { begin: `contacts/${person}/` });
        // Somebody who changes or removes a row must not make room for the same id of another tenant.
        const altered = read.flatMap(({ row, contact }) =>
          contact === undefined && readRowMark(row.newest)?.mac !== undefined ? [row.tenant_id] : [],
        );
        const lost = [...altered, ...removed.map((key) => key.slice(`contacts/${person}/`.length))];
        return [
          ...lost.map((tenant) => asId<TenantId>(tenant)),
          ...read.flatMap(({ contact }) => contact?.person.tenantId ?? []),
        ];
      }),

    verify: () =>
      read(async (db, guard) => {
        let altered = (await findRemovedContacts(db, guard, { begin: 'contacts/' })).length;
        let last: ContactRow | undefined;
        for (;;) {
          const page = await selectPage(db, last);
          altered += page.filter((row) => !guard.accepts('contacts', row)).length;
          last = page.at(-1);
          if (page.length < storeTunables.comparedPageRows) return altered;
        }
      }),

    async keep(contact: Contact) {
      const { person, seenAt } = contact;
      const known = { seen_at: seenAt, details: formatJsonColumn(contact) };
      const key = { object_id: person.objectId, tenant_id: person.tenantId };
      const { row, mark } = author.rows.sign('contacts', { ...key, ...known });
      await inTrail(database, author, async (trx, trail) => {
        const writes = createBatch();
        writes.add(
          trx
            .insertInto('contacts')
            .values(row)
            .onConflict((conflict) =>
              conflict.columns(['object_id', 'tenant_id']).doUpdateSet({ ...known, mac: row.mac }),
            ),
        );
        const entry = { at: seenAt, kind: 'contact-kept', actor: person.objectId, person, facts: {} } as const;
        await trail.appendAndCommit([{ entry, before: undefined, after: undefined, row: mark }], writes);
      });
    },

    removeSilent: async (before: number, atMost: number, entry: AuditEntry) => {
      if (!author.clocks.holds()) return 0;
      return inTrail(database, author, async (trx, trail) => {
        // One that was altered stays, and `audit -- verify` names it.
        const silent = await findRemovable(
          (after: StoredRow<ContactRow> | undefined, some) => findSilent(trx, before, some, after),
          (row) => readContact(author.rows, row).length > 0,
          atMost,
        );
        if (silent.length === 0) return 0;
        for (const { object_id, tenant_id } of silent) {
          await trx
            .deleteFrom('contacts')
            .where('object_id', '=', object_id)
            .where('tenant_id', '=', tenant_id)
            .execute();
        }
        await trail.append(
          silent.map((row) => ({ entry, before: undefined, after: undefined, row: { key: nameRow('contacts', row) } })),
        );
        return silent.length;
      });
    },

    latest: (tenant: TenantId, atMost: number, after?: Contact) =>
      read(async (db, guard) => {
        if (after === undefined) await findRemovedContacts(db, guard, { begin: 'contacts/', end: `/${tenant}` });
        const all = selectContacts(db).where('tenant_id', '=', tenant);
        const wanted =
          after === undefined
            ? all
            : all.where((where) =>
                where.or([
                  where('seen_at', '<', after.seenAt),
                  where.and([where('seen_at', '=', after.seenAt), where('object_id', '>', after.person.objectId)]),
                ]),
              );
        const rows = await wanted.orderBy('seen_at', 'desc').orderBy('object_id').limit(atMost).execute();
        return rows.flatMap((row) => readContact(guard, row));
      }),
  };
}

/** Those who have not written since then, the longest silent first, behind that row. */
function findSilent(
  db: Kysely<Schema>,
  before: number,
  atMost: number,
  after: ContactRow | undefined,
): Promise<readonly StoredRow<ContactRow>[]> {
  const silent = selectContacts(db).where('seen_at', '<', before);
  const behind =
    after === undefined
      ? silent
      : silent.where((where) =>
          where.or([
            where('seen_at', '>', after.seen_at),
            where.and([where('seen_at', '=', after.seen_at), isBehind(after)]),
          ]),
        );
  return behind.orderBy('seen_at').orderBy('object_id').orderBy('tenant_id').limit(atMost).execute();
}

/** A page of all contacts, behind that row. */
function selectPage(db: Kysely<Schema>, after: ContactRow | undefined): Promise<readonly StoredRow<ContactRow>[]> {
  const all = selectContacts(db).orderBy('object_id').orderBy('tenant_id').limit(storeTunables.comparedPageRows);
  return (after === undefined ? all : all.where(isBehind(after))).execute();
}

/** Whether the primary key of a row comes after that of this one. */
function isBehind({ object_id, tenant_id }: ContactRow): RawBuilder<SqlBool> {
  return sql<SqlBool>`(contacts.object_id, contacts.tenant_id) > (${object_id}, ${tenant_id})`;
}

/** The rows of contacts, each with what the trail says of it. */
function selectContacts(db: Kysely<Schema>) {
  return db.selectFrom('contacts').selectAll('contacts').select(selectNewest('contacts'));
}

function readContact(guard: RowGuard, row: StoredRow<ContactRow>): readonly Contact[] {
  if (!guard.accepts('contacts', row)) return [];
  const parsed = contactShape.safeParse(parseJson(row.details));
  const agrees = parsed.success && parsed.data.person.objectId === row.object_id;
  return agrees && parsed.data.person.tenantId === row.tenant_id ? [parsed.data] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which contacts are looked for: the one of this name in the trail, or those whose name begins and ends so. */
type Wanted = { readonly key: string } | { readonly begin: string; readonly end?: string };

/**
 * Finds the contacts that the trail says are there and that are not, and reports each: somebody has removed its row past
 * Locksmith. Returns their names in the trail.
 *
 * It is one statement, so trail and rows are of one instant. It goes from name to name in the index of the trail, and so
 * takes as many steps as there are people, not records.
 */
async function findRemovedContacts(
  db: Kysely<Schema>,
  guard: Pick<RowGuard, 'noteRemoved' | 'remembered'>,
  wanted: Wanted,
): Promise<readonly string[]> {
  const isOne = 'key' in wanted;
  const from = isOne ? wanted.key : wanted.begin;
  const to = isOne ? sql`row_key = ${from}` : sql`row_key < ${endOf(from)}`;
  const { rows } = await sql<{ readonly row_key: string }>`
    with recursive names (row_key) as (
      select min(row_key) from audit_records where row_key >= ${from} and ${to}
      union all
      select (select min(audit_records.row_key) from audit_records
        where audit_records.row_key > names.row_key and audit_records.${to})
      from names where names.row_key is not null
    )
    select names.row_key from names
    where names.row_key is not null
    and (select row_mac from audit_records where audit_records.row_key = names.row_key
      and number <= (select number from audit_head) order by number desc limit 1) is not null
    and names.row_key not in (select 'contacts/' || object_id || '/' || tenant_id from contacts)`.execute(db);
  const removed = rows
    .map(({ row_key: key }) => key)
    .filter((key) => isOne || wanted.end === undefined || key.endsWith(wanted.end));
  // Somebody may have hidden the record from the index. This process remembers it.
  const isHidden = isOne && removed.length === 0 && isThere(guard.remembered(from));
  const names = isHidden ? [from] : removed;
  for (const key of names) guard.noteRemoved('contacts', key);
  return names;
}

function isThere(mark: string | undefined): boolean {
  return readRowMark(mark ?? null)?.mac !== undefined;
}

/** The first text behind all those that begin so. */
function endOf(begin: string): string {
  return `${begin.slice(0, -1)}0`;
}
