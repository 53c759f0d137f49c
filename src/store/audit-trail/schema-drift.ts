import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Database, Schema } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { createNodeSqliteDialect } from '../database/sqlite.ts';

/** What is not as the migrations make it in a table of the trail. */
export type TableFault = { readonly table: string } & (
  | { readonly kind: 'table-missing' }
  | { readonly kind: 'no-table' }
  | { readonly kind: 'column-missing'; readonly column: string }
  | { readonly kind: 'column-type'; readonly column: string; readonly type: string; readonly made: string }
  | { readonly kind: 'key-missing' }
  | { readonly kind: 'guard-missing' | 'guard-off' | 'guard-altered'; readonly guard: string }
  | { readonly kind: 'foreign-hook'; readonly what: TrailHook['what']; readonly name: string }
);

export type TableFaults = {
  readonly faults: readonly TableFault[];
  /** Whether the records can be read nevertheless. */
  readonly isReadable: boolean;
};

/** Holds the tables of the trail, and what the database does by itself with them, against what the migrations make. */
export async function findTableFaults({ kind, db }: Pick<Database, 'kind' | 'db'>): Promise<TableFaults> {
  const made = await createExpectedSchema(kind);
  const found = await (kind === 'sqlite' ? readSqliteSchema(db) : readPostgresSchema(db));
  const tables = made.tables.flatMap((table) => compareTable(table, found));
  const isReadable = !tables.some(
    // SQLite keeps any value in any column, and all of them are read alike.
    (fault) => fault.kind !== 'key-missing' && !(fault.kind === 'column-type' && kind === 'sqlite'),
  );
  return { faults: [...tables, ...compareHooks(made.hooks, found.hooks)], isReadable };
}

function compareTable(made: TrailTable, { tables }: TrailSchema): readonly TableFault[] {
  const table = made.name;
  const found = tables.find(({ name }) => name === table);
  if (found === undefined) return [{ kind: 'table-missing', table }];
  if (!found.isTable) return [{ kind: 'no-table', table }];
  const columns = made.columns.flatMap(({ name: column, type }): readonly TableFault[] => {
    const there = found.columns.find(({ name }) => name === column);
    if (there === undefined) return [{ kind: 'column-missing', table, column }];
    return there.type === type ? [] : [{ kind: 'column-type', table, column, type: there.type, made: type }];
  });
  const keysOf = ({ columns: all }: TrailTable): string =>
    all
      .filter(({ isKey }) => isKey)
      .map(({ name }) => name)
      .join();
  return keysOf(found) === keysOf(made) ? columns : [...columns, { kind: 'key-missing', table }];
}

function compareHooks(made: readonly TrailHook[], found: readonly TrailHook[]): readonly TableFault[] {
  const isSame = (one: TrailHook, other: TrailHook): boolean =>
    one.what === other.what && one.table === other.table && one.name === other.name;
  const guards = made.flatMap((guard): readonly TableFault[] => {
    const of = { table: guard.table, guard: guard.name };
    const there = found.find((hook) => isSame(hook, guard));
    if (there === undefined) return [{ kind: 'guard-missing', ...of }];
    if (!there.isOn) return [{ kind: 'guard-off', ...of }];
    return there.definition === guard.definition ? [] : [{ kind: 'guard-altered', ...of }];
  });
  const foreign = found
    .filter((hook) => !made.some((guard) => isSame(hook, guard)))
    .map(({ table, what, name }): TableFault => ({ kind: 'foreign-hook', table, what, name }));
  return [...guards, ...foreign];
}

/** The tables that the trail stands in, as a database describes them. */
type TrailSchema = {
  readonly tables: readonly TrailTable[];
  /** What the database does by itself when one of them is written or read. */
  readonly hooks: readonly TrailHook[];
};

type TrailTable = {
  readonly name: string;
  /** A view can show rows that were never written. */
  readonly isTable: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isKey: boolean }[];
};

type TrailHook = {
  readonly what: 'trigger' | 'rule' | 'row security';
  readonly table: string;
  readonly name: string;
  /** What it does, in a form that can be compared. */
  readonly definition: string;
  readonly isOn: boolean;
};

/** Their names; the settings say where the chain begins. */
const trailTables = ['audit_records', 'audit_head', 'settings'] as const;

/** The shape that the migrations give the tables, from a database in memory; PostgreSQL's differs in its triggers only. */
async function createExpectedSchema(kind: Database['kind']): Promise<TrailSchema> {
  const db = new Kysely<Schema>({ dialect: createNodeSqliteDialect(new DatabaseSync(':memory:')) });
  try {
    await migrate(db);
    const shape = await readSqliteSchema(db);
    return kind === 'sqlite' ? shape : { ...shape, hooks: postgresGuards };
  } finally {
    await db.destroy();
  }
}

/** https://sqlite.org/pragma.html#pragma_table_list, https://sqlite.org/schematab.html */
async function readSqliteSchema(db: Kysely<Schema>): Promise<TrailSchema> {
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

/** https://www.postgresql.org/docs/current/catalogs.html */
async function readPostgresSchema(db: Kysely<Schema>): Promise<TrailSchema> {
  // As a query finds them, by the search path.
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

/**
 * The triggers that the migrations make on PostgreSQL, as `readPostgresShape` reads them: 2 before, 4 insert, 8 delete,
 * 16 update, 32 truncate. https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_trigger.h
 */
const postgresGuards: readonly TrailHook[] = [
  {
    what: 'trigger',
    table: 'audit_records',
    name: 'audit_records_guard',
    definition: "58: begin raise exception 'the audit trail is append-only'; end",
    isOn: true,
  },
  {
    what: 'trigger',
    table: 'audit_head',
    name: 'audit_head_guard',
    definition: "46: begin raise exception 'the head of the audit trail is only moved'; end",
    isOn: true,
  },
];
