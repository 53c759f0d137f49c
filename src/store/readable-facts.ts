import { type Kysely, sql } from 'kysely';
import { asId, type CustomerId } from '../base/index.ts';
import { type ReadableFact, readableFacts, type ReadableFacts } from '../reset/index.ts';
import { inTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import type { Database, ReadableFactRow, Schema } from './database/database.ts';
import { createBatch } from './database/statement-batch.ts';
import { createFollowedRead } from './rows/reading-rows.ts';
import { nameRow, readRowMark } from './rows/row-authentication.ts';
import type { RowGuard, StoredRow } from './rows/row-guard.ts';

const table = 'readable_facts';

/**
 * Which protecting facts were told at which customer. Rule: who changes or removes a row must not take protection away, so a fact
 * counts as told by its row, and by the trail alone too.
 */
export function createReadableFacts(database: Database, author: AuditWriter): ReadableFacts {
  const read = createFollowedRead(database, author);
  return {
    of: (customer) => read((db, guard) => readTold(db, guard, nameCustomer(customer))),

    async keep(customer, facts, at) {
      const customerId = nameCustomer(customer);
      await inTrail(database, author, async (trx, trail) => {
        const told = await readTold(trx, author.rows, customerId);
        const signed = facts
          .filter((fact) => !told.includes(fact))
          .map((fact) => author.rows.sign(table, { customer_id: customerId, fact, read_at: at }));
        if (signed.length === 0) return;
        const writes = createBatch();
        writes.add(trx.insertInto(table).values(signed.map(({ row }) => row)));
        const lines = signed.map(({ row, mark }) => {
          const told = { customer: customerId, fact: row.fact };
          const entry = { at, kind: 'protection-readable', actor: 'locksmith', facts: told } as const;
          return { entry, before: undefined, after: undefined, row: mark };
        });
        await trail.append(lines, undefined, writes);
      });
    },

    forget: (customer, at) =>
      inTrail(database, author, async (trx, trail) => {
        const customerId = nameCustomer(customer);
        const told = await readTold(trx, author.rows, customerId);
        if (told.length === 0) return told;
        const writes = createBatch();
        writes.add(trx.deleteFrom(table).where('customer_id', '=', customerId));
        const lines = told.map((fact) => ({
          entry: {
            at,
            kind: 'protection-forgotten',
            actor: 'operator',
            facts: { customer: customerId, fact },
          } as const,
          before: undefined,
          after: undefined,
          row: { key: nameRow(table, { customer_id: customerId, fact }) },
        }));
        await trail.append(lines, undefined, writes);
        return told;
      }),
  };
}

/** Partner Center writes tenant ids in lower case; what an operator types may not be. */
function nameCustomer(customer: CustomerId): CustomerId {
  return asId<CustomerId>(customer.toLowerCase());
}

type Told = {
  readonly fact: ReadableFact;
  readonly read_at: number | null;
  readonly mac: string | null;
  readonly newest: string | null;
};

/** One statement, so rows and trail are of one instant. */
async function readTold(db: Kysely<Schema>, guard: RowGuard, customerId: CustomerId): Promise<readonly ReadableFact[]> {
  const names = sql.join(
    readableFacts.map((fact) => sql`select ${sql.lit(fact)} as fact`),
    sql` union all `,
  );
  const { rows } = await sql<Told>`
    select names.fact, kept.read_at, kept.mac,
      (select cast(number as text) || ':' || coalesce(row_mac, '') from audit_records
        where row_key = ${sql.lit(`${table}/`)} || ${customerId} || '/' || names.fact
        and number <= (select number from audit_head) order by number desc limit 1) as newest
    from (${names}) as names
    left join readable_facts as kept on kept.customer_id = ${customerId} and kept.fact = names.fact`.execute(db);
  return rows.filter((row) => isTold(guard, customerId, row)).map(({ fact }) => fact);
}

function isTold(guard: RowGuard, customerId: CustomerId, { fact, read_at, mac, newest }: Told): boolean {
  const key = { customer_id: customerId, fact };
  if (mac !== null && read_at !== null) {
    // Reports a row that is not ours, and counts it all the same.
    const row: StoredRow<ReadableFactRow> = { ...key, read_at, mac, newest };
    guard.accepts(table, row);
    return true;
  }
  const name = nameRow(table, key);
  const wasThere = [newest, guard.remembered(name) ?? null].some((mark) => readRowMark(mark)?.mac !== undefined);
  if (wasThere) guard.noteRemoved(table, name);
  return wasThere;
}
