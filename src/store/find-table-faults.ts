import type { Database } from './database.ts';
import { makeTrailShape } from './make-trail-shape.ts';
import { readPostgresShape } from './read-postgres-shape.ts';
import { readSqliteShape } from './read-sqlite-shape.ts';
import type { TrailHook, TrailShape, TrailTable } from './trail-shape.ts';

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
  const made = await makeTrailShape(kind);
  const found = await (kind === 'sqlite' ? readSqliteShape(db) : readPostgresShape(db));
  const tables = made.tables.flatMap((table) => compareTable(table, found));
  const isReadable = !tables.some(
    // SQLite keeps any value in any column, and all of them are read alike.
    (fault) => fault.kind !== 'key-missing' && !(fault.kind === 'column-type' && kind === 'sqlite'),
  );
  return { faults: [...tables, ...compareHooks(made.hooks, found.hooks)], isReadable };
}

function compareTable(made: TrailTable, { tables }: TrailShape): readonly TableFault[] {
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
