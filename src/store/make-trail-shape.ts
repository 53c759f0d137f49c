import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { createNodeSqliteDialect } from './node-sqlite-dialect.ts';
import { postgresGuards } from './postgres-guards.ts';
import { readSqliteShape } from './read-sqlite-shape.ts';
import type { Schema } from './schema.ts';
import type { TrailShape } from './trail-shape.ts';

/** The shape that the migrations give the tables, from a database in memory; PostgreSQL's differs in its triggers only. */
export async function makeTrailShape(kind: Database['kind']): Promise<TrailShape> {
  const db = new Kysely<Schema>({ dialect: createNodeSqliteDialect(new DatabaseSync(':memory:')) });
  try {
    await migrate(db);
    const shape = await readSqliteShape(db);
    return kind === 'sqlite' ? shape : { ...shape, hooks: postgresGuards };
  } finally {
    await db.destroy();
  }
}
