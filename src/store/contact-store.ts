import { z } from 'zod';
import type { ObjectId, TenantId } from '../base/index.ts';
import type { Contact, ContactStore } from '../reset/index.ts';
import { type ContactRow, type Database, inTransaction, withStoreErrors } from './database/database.ts';
import { formatJsonColumn, shapes } from './row-shapes.ts';

const { instant, conversation, technician } = shapes;

const contactShape: z.ZodType<Contact> = z.strictObject({ person: technician, wroteIn: conversation, seenAt: instant });

/** Those who have written to the bot. A row that does not hold one is passed over: they write again. */
export function createContactStore(database: Database): ContactStore {
  const { db } = database;
  return {
    find: (person: ObjectId, tenant: TenantId) =>
      withStoreErrors(async () => {
        const row = await db
          .selectFrom('contacts')
          .selectAll()
          .where('object_id', '=', person)
          .where('tenant_id', '=', tenant)
          .executeTakeFirst();
        return row && readContact(row)[0];
      }),

    tenantsOf: (person: ObjectId) =>
      withStoreErrors(async () => {
        const seen = db.selectFrom('contacts').selectAll().where('object_id', '=', person);
        const rows = await seen.orderBy('seen_at').execute();
        return rows.flatMap(readContact).map((contact) => contact.person.tenantId);
      }),

    async keep(contact: Contact) {
      const { person, seenAt } = contact;
      const details = formatJsonColumn(contact);
      const known = { seen_at: seenAt, details };
      await inTransaction(database, (trx) =>
        trx
          .insertInto('contacts')
          .values({ object_id: person.objectId, tenant_id: person.tenantId, ...known })
          .onConflict((conflict) => conflict.columns(['object_id', 'tenant_id']).doUpdateSet(known))
          .execute(),
      );
    },

    removeSilent: (before: number, atMost: number) =>
      inTransaction(database, async (trx) => {
        const silent = await trx
          .selectFrom('contacts')
          .select(['object_id', 'tenant_id'])
          .where('seen_at', '<', before)
          .orderBy('seen_at')
          .limit(atMost)
          .execute();
        for (const { object_id, tenant_id } of silent) {
          const one = trx.deleteFrom('contacts').where('object_id', '=', object_id).where('tenant_id', '=', tenant_id);
          await one.where('seen_at', '<', before).execute();
        }
        return silent.length;
      }),

    latest: (tenant: TenantId, atMost: number, after?: Contact) =>
      withStoreErrors(async () => {
        const all = db.selectFrom('contacts').selectAll().where('tenant_id', '=', tenant);
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
        return rows.flatMap(readContact);
      }),
  };
}

function readContact(row: ContactRow): readonly Contact[] {
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
