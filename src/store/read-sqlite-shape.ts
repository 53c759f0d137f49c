import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import { trailTables, type TrailShape } from './trail-shape.ts';

/** https://sqlite.org/pragma.html#pragma_table_list, https://sqlite.org/schematab.html */
export async function readSqliteShape(db: Kysely<Schema>): Promise<TrailShape> {
  const names = sql.join(trailTables);
  const tables = await sql<{ name: string; type: string }>`
    select name, type from pragma_table_list where schema = 'main' and name in (${names})`.execute(db);
  const columns = await sql<{ table: string; name: string; type: string; pk: number }>`
    select list.name as "table", info.name, info.type, info.pk
    from pragma_table_list as list, pragma_table_info(list.name) as info
    where list.schema = 'main' and list.name in (${names})`.execute(db);
  const triggers = await sql<{ table: string; name: string; sql: string }>`
    select lower(tbl_name) as "table", name, sql from sqlite_master
    where type = 'trigger' and lower(tbl_name) in (${names})`.execute(db);
  return {
    tables: tables.rows.map(({ name, type }) => ({
      name,
      isTable: type === 'table',
      columns: columns.rows
        .filter(({ table }) => table === name)
        .map((column) => ({ name: column.name, type: column.type.toLowerCase(), isKey: column.pk > 0 })),
    })),
    hooks: triggers.rows.map(({ table, name, sql: text }) => ({
      what: 'trigger',
      table,
      name,
      definition: text.replaceAll(/\s+/g, ' '),
      isOn: true,
    })),
  };
}
