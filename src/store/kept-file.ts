import { dirname, join } from 'node:path';
import type { Secret } from '../secret.ts';
import { readDatabaseUrl } from './read-database-url.ts';

/** The path of a file beside the database where that is a file, so that they are moved, or thrown away, together. */
export function keptFile(databaseUrl: Secret, name: string): string {
  const database = databaseUrl.reveal(readDatabaseUrl);
  return join(database.kind === 'sqlite' ? dirname(database.path) : 'data', name);
}
