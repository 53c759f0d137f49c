import { closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { storeTunables } from '../base/index.ts';
import { inTrail } from './audit-trail/append-records.ts';
import type { AuditWriter } from './audit-trail/audit-writer.ts';
import { readJsonColumn } from './rows/row-shapes.ts';
import { type Database, readSetting, type Schema, writeSetting } from './database/database.ts';

/**
 * Copies a database file as it is at one instant, while the bot runs. It returns when the copy is on disk and has passed
 * an integrity check. Only the owner can read the copy. It holds no erased value and names its instant, `now()`.
 * Throws if `to` exists, and what SQLite or the file system throws.
 *
 * `VACUUM INTO` reads in one transaction; `backup()` would begin anew with every write of the bot's, and copy what was
 * erased. https://sqlite.org/lang_vacuum.html#vacuum_into
 */
export function backUpSqlite({
  from,
  to,
  now,
}: {
  readonly from: string;
  readonly to: string;
  readonly now: () => number;
}): void {
  const target = resolve(to);
  const part = `${target}.${process.pid}.part`;
  // An empty file of that name is taken by SQLite, and keeps its mode.
  closeSync(openSync(part, 'wx', 0o600));
  try {
    copyDatabase(resolve(from), part);
    // After the copy, so that nothing in it is younger than it says.
    markBackup(part, now());
    flushToDisk(part);
    // Unlike a rename this never replaces anything.
    linkSync(part, target);
  } finally {
    rmSync(part, { force: true });
  }
  flushToDisk(dirname(target));
}

function copyDatabase(from: string, part: string): void {
  const source = new DatabaseSync(from, { readOnly: true, timeout: storeTunables.backupBusyMilliseconds });
  try {
    source.prepare('vacuum into ?').run(part);
  } finally {
    source.close();
  }
}

function markBackup(path: string, at: number): void {
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma secure_delete = on; pragma synchronous = full');
    database
      .prepare(
        'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
      )
      .run(restoredFromSetting, String(at));
    const found = database.prepare('pragma integrity_check').get();
    if (found?.['integrity_check'] !== 'ok') throw new Error('the copy is not whole');
  } finally {
    database.close();
  }
}

function flushToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/** The name under which a copy says from which instant it is. */
const restoredFromSetting = 'restored-from';

/**
 * From when the backup is that this database was restored from, in milliseconds since 1970; undefined where it was never
 * restored. What was proposed until then may have been done by the bot that was backed up, after the backup was taken.
 */
export async function readRestoredFrom(db: Kysely<Schema>): Promise<number | undefined> {
  const value = await readSetting(db, restoredFromSetting);
  const kept = value === undefined ? [] : [Number(value)];
  const recorded = await readRecordedRestore(db);
  const known = recorded === undefined ? kept : [...kept, recorded];
  return known.length === 0 ? undefined : Math.max(...known);
}

/**
 * From when the backup was, as the trail says: somebody may have taken the setting away. Later backups are of later instants, so
 * the latest one counts.
 */
async function readRecordedRestore(db: Kysely<Schema>): Promise<number | undefined> {
  const row = await db
    .selectFrom('audit_records')
    .select('facts')
    .where('row_key', '=', restoreKey)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && readJsonColumn(restoreFacts, row.facts).from;
}

const restoreFacts = z.object({
  from: z
    .number()
    .nullable()
    .transform((from) => from ?? Number.NaN),
});

/** How the record of a restore names what it is about. */
const restoreKey = 'settings/restored-from';

/** Marks a database that was restored by other means. Everything in it is as old as `at`, in milliseconds since 1970. */
export function markRestored(db: Kysely<Schema>, at: number): Promise<void> {
  return writeSetting(db, restoredFromSetting, String(at));
}

/** The setting that says which restore stands in the trail: what `restored-from` held then. */
const restoreRecordedSetting = 'restored-recorded';

/**
 * Records in the trail, once for each restore, that this database was restored. The records after the backup are lost,
 * and heads that were printed for them do not fit. Resolves with the instant of the backup if it was recorded now.
 */
export function recordRestore(
  database: Database,
  author: AuditWriter,
  now: number,
): Promise<{ readonly from: number | null } | undefined> {
  return inTrail(database, author, async (trx, trail) => {
    const restored = await readSetting(trx, restoredFromSetting);
    if (restored === undefined || restored === (await readSetting(trx, restoreRecordedSetting))) return undefined;
    await writeSetting(trx, restoreRecordedSetting, restored);
    // JSON has no word for what is no number.
    const from = Number.isFinite(Number(restored)) ? Number(restored) : null;
    const entry = { at: now, kind: 'restored', actor: 'locksmith', facts: { from } } as const;
    await trail.append([{ entry, before: undefined, after: undefined, row: { key: restoreKey } }]);
    return { from };
  });
}
