import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Secret } from '../secret.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';
import { readDatabaseUrl } from './read-database-url.ts';

/** A database that is only read, and whether a bot has begun to write to a file that was opened as one that nobody writes. */
export type Audited = { readonly database: Database; readonly isOvertaken: () => boolean };

/** Opens the database to read the trail in it. A file that nobody uses may lie where nothing can be written, and nothing is. */
export function openToAudit(url: Secret): Audited {
  const read = url.reveal(readDatabaseUrl);
  if (read.kind !== 'sqlite') return { database: openDatabase(url, 'reader', undefined), isOvertaken: () => false };
  const path = resolve(read.path);
  if (isInUse(path)) return { database: openDatabase(url, 'reader', undefined), isOvertaken: () => false };
  return { database: openDatabase(url, 'reader-of-copy', undefined), isOvertaken: () => isInUse(path) };
}

/** Whoever writes has these beside the file, or has left there what is not in the file yet. https://sqlite.org/tempfiles.html */
function isInUse(path: string): boolean {
  const isEmpty = (name: string): boolean => (statSync(name, { throwIfNoEntry: false })?.size ?? 0) === 0;
  return existsSync(`${path}-shm`) || !isEmpty(`${path}-wal`) || !isEmpty(`${path}-journal`);
}
