import { closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { restoredFromName } from './restored-from.ts';

/**
 * Copies a database file as it is at one instant, while the bot goes on, and resolves when the copy is on disk and was
 * found whole. The copy is for its owner alone, holds no trace of what was erased, and says from when it is. Throws where
 * `to` is there already, and whatever SQLite throws.
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
    copy(resolve(from), part);
    // After the copy, so that nothing in it is younger than it says.
    mark(part, now());
    sync(part);
    // Unlike a rename this never replaces anything.
    linkSync(part, target);
  } finally {
    rmSync(part, { force: true });
  }
  sync(dirname(target));
}

function copy(from: string, part: string): void {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
  try {
    source.prepare('vacuum into ?').run(part);
  } finally {
    source.close();
  }
}

function mark(path: string, at: number): void {
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma secure_delete = on; pragma synchronous = full');
    database
      .prepare(
        'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
      )
      .run(restoredFromName, String(at));
    const found = database.prepare('pragma integrity_check').get();
    if (found?.['integrity_check'] !== 'ok') throw new Error('the copy is not whole');
  } finally {
    database.close();
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
