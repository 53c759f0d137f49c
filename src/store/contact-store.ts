import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ObjectId, TenantId } from '../base/index.ts';
import type { AuditEntry, Contact, ContactStore } from '../reset/index.ts';
import { inTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import { type ContactRow, type Database, type Schema, withStoreErrors } from './database/database.ts';
import { StoreError } from './database/store-error.ts';
import { nameRow, selectNewest } from './row-authentication.ts';
import type { RowGuard, StoredRow } from './row-guard.ts';
import { formatJsonColumn, shapes } from './row-shapes.ts';

const { instant, conversation, technician } = shapes;

const contactShape: z.ZodType<Contact> = z.strictObject({ person: technician, wroteIn: conversation, seenAt: instant });

/**
 * Those who have written to the bot. A row that does not hold one, or is not as Locksmith wrote it last, is passed over: the person
 * writes again.
 */
export function createContactStore(database: Database, author: AuditWriter): ContactStore {
  const { db } = database;
  const read = <Result>(work: (guard: RowGuard) => Promise<Result>): Promise<Result> =>
    withStoreErrors(() => work(author.rows.beforeRead()));
  return {
    find: (person: ObjectId, tenant: TenantId) =>
      read(async (guard) => {
        const row = await selectContacts(db)
          .where('object_id', '=', person)
          .where('tenant_id', '=', tenant)
          .executeTakeFirst();
        return row && readContact(guard, row)[0];
      }),

    tenantsOf: (person: ObjectId) =>
      read(async (guard) => {
        const rows = await selectContacts(db).where('object_id', '=', person).orderBy('seen_at').execute();
        return rows.flatMap((row) => readContact(guard, row)).map((contact) => contact.person.tenantId);
      }),

    async keep(contact: Contact) {
      const { person, seenAt } = contact;
      const known = { seen_at: seenAt, details: formatJsonColumn(contact) };
      const key = { object_id: person.objectId, tenant_id: person.tenantId };
      const { row, mark } = author.rows.sign('contacts', { ...key, ...known });
      await inTrail(database, author, async (trx, trail) => {
        await trx
          .insertInto('contacts')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['object_id', 'tenant_id']).doUpdateSet({ ...known, mac: row.mac }),
          )
          .execute();
        const entry = { at: seenAt, kind: 'contact-kept', actor: person.objectId, person, facts: {} } as const;
        await trail.append([{ entry, before: undefined, after: undefined, row: mark }]);
      });
    },

    removeSilent: (before: number, atMost: number, entry: AuditEntry) =>
      inTrail(database, author, async (trx, trail) => {
        const rows = await selectContacts(trx).where('seen_at', '<', before).orderBy('seen_at').limit(atMost).execute();
        // One that was altered stays, and `audit -- verify` names it.
        const silent = rows.filter((row) => readContact(author.rows, row).length > 0);
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
      }),

    latest: (tenant: TenantId, atMost: number, after?: Contact) =>
      read(async (guard) => {
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

/** The rows of contacts, each with what the trail says of it. */
function selectContacts(db: Kysely<Schema>) {
  return db.selectFrom('contacts').selectAll('contacts').select(selectNewest('contacts'));
}

function readContact(guard: RowGuard, row: StoredRow<ContactRow>): readonly Contact[] {
  try {
    guard.require('contacts', row);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [];
  }
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
