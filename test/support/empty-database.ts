import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import { auditKey } from './audit-key.ts';
import { makeMemoryFolder } from './memory-folder.ts';

let made: Promise<Buffer> | undefined;

/**
 * Puts a SQLite file with every table and nothing in it at `path`, whose folder is there. The tables are made once for
 * each process: a copy takes half of a new file's processor time and a third of its time.
 */
export async function putEmptyDatabase(path: string): Promise<void> {
  made ??= makeEmptyDatabase();
  writeFileSync(path, await made, { mode: 0o600 });
}

async function makeEmptyDatabase(): Promise<Buffer> {
  const folder = makeMemoryFolder('locksmith-empty-');
  try {
    const path = join(folder, 'empty.db');
    const of = { url: new Secret(`sqlite:${path}`), clock: systemClock, instance: 'maker', auditKey };
    await (await openStore(of)).close();
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
