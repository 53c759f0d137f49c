import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import { trailTables, type TrailShape } from './trail-shape.ts';

/** https://www.postgresql.org/docs/current/catalogs.html */
export async function readPostgresShape(db: Kysely<Schema>): Promise<TrailShape> {
  // As a query finds them, in whatever schema that is.
  const ours = sql`(${sql.join(trailTables.map((name) => sql`to_regclass(${name})`))})`;
  const tables = await sql<{ name: string; kind: string; guarded: boolean }>`
    select relname as name, relkind::text as kind, relrowsecurity as guarded from pg_class where oid in ${ours}`.execute(
    db,
  );
  const columns = await sql<{ table: string; name: string; type: string; key: boolean }>`
    select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)) as key
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.oid in ${ours} and a.attnum > 0 and not a.attisdropped`.execute(db);
  const triggers = await sql<{
    table: string;
    name: string;
    type: number;
    enabled: string;
    conditional: boolean;
    body: string;
  }>`select c.relname as "table", t.tgname as name, t.tgtype as type, t.tgenabled::text as enabled,
      t.tgqual is not null as conditional, p.prosrc as body
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where c.oid in ${ours} and not t.tgisinternal`.execute(db);
  const rules = await sql<{ table: string; name: string }>`
    select c.relname as "table", r.rulename as name from pg_rewrite r join pg_class c on c.oid = r.ev_class
    where c.oid in ${ours} and r.rulename <> '_RETURN'`.execute(db);
  return {
    tables: tables.rows.map(({ name, kind }) => ({
      name,
      isTable: kind === 'r',
      columns: columns.rows
        .filter(({ table }) => table === name)
        .map((column) => ({ name: column.name, type: column.type, isKey: column.key })),
    })),
    hooks: [
      ...triggers.rows.map(({ table, name, type, enabled, conditional, body }) => ({
        what: 'trigger' as const,
        table,
        name,
        definition: `${type}${conditional ? ' sometimes' : ''}: ${body.trim().replaceAll(/\s+/g, ' ')}`,
        // O: with every change but one that replication makes; A: with that too.
        isOn: enabled === 'O' || enabled === 'A',
      })),
      ...rules.rows.map(({ table, name }) => ({ table, name, what: 'rule' as const, definition: '', isOn: true })),
      ...tables.rows
        .filter(({ guarded }) => guarded)
        .map(({ name }) => ({ what: 'row security' as const, table: name, name: '', definition: '', isOn: true })),
    ],
  };
}
