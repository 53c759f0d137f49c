import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readErrorCode, type Secret } from '../base/index.ts';

/** Where the data lives. */
type DatabaseUrl =
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres';
      readonly url: string;
      /** Whether the server is on this machine, or proves by a certificate that is checked who it is. */
      readonly isPrivate: boolean;
    }
  | { readonly kind: 'malformed' };

/** What `pg` 8 takes for `verify-full` by itself, and says so in many lines on standard error. */
const takenForVerified: ReadonlySet<string | undefined> = new Set(['prefer', 'require', 'verify-ca']);

/**
 * Reads `DATABASE_URL`: `sqlite:PATH`, or `postgres://…` (also `postgresql://…`). With `sslmode=require` and its like the
 * certificate is checked as with `verify-full`, as `pg` does; what a certificate is checked against is `sslrootcert`.
 */
export function readDatabaseUrl(text: string): DatabaseUrl {
  const path = /^sqlite:(?<path>[^\0]+)$/.exec(text)?.groups?.['path'];
  // It would be a file of that name: what Locksmith keeps has to outlive the process.
  if (path === ':memory:') return { kind: 'malformed' };
  if (path !== undefined) return { kind: 'sqlite', path };
  const url = /^postgres(?:ql)?:\/\//.test(text) ? URL.parse(text) : null;
  if (url === null) return { kind: 'malformed' };
  // Of a parameter that is given twice `pg` takes the last.
  const last = (name: string): string | undefined => url.searchParams.getAll(name).at(-1);
  // With this parameter `pg` follows the rules of libpq, which check less.
  const isCompatible = last('uselibpqcompat') === 'true';
  const isLoose = !isCompatible && takenForVerified.has(last('sslmode'));
  if (isLoose) url.searchParams.set('sslmode', 'verify-full');
  const host = last('host') || url.hostname;
  return {
    kind: 'postgres',
    url: isLoose ? url.href : text,
    isPrivate: isOnThisMachine(host) || last('sslmode') === 'verify-full',
  };
}

/** A name or an address of loopback, or the folder of a socket. Without a host, variables of the environment decide. */
function isOnThisMachine(host: string): boolean {
  return host === 'localhost' || /^(?:127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host) || /^(?:\/|%2f)/i.test(host);
}

/**
 * Whether the database is a file that no one has made yet. SQLite itself calls that a file that cannot be opened. One in a folder
 * that this user may not look into counts as there.
 */
export function isDatabaseMissing(databaseUrl: Secret): boolean {
  const database = databaseUrl.reveal(readDatabaseUrl);
  if (database.kind !== 'sqlite') return false;
  try {
    statSync(database.path);
    return false;
  } catch (failure) {
    return ['ENOENT', 'ENOTDIR'].includes(readErrorCode(failure) ?? '');
  }
}

/** The path of a file beside the database where that is a file, so that they are moved, or thrown away, together. */
export function findFileBesideDatabase(databaseUrl: Secret, name: string): string {
  const database = databaseUrl.reveal(readDatabaseUrl);
  return join(database.kind === 'sqlite' ? dirname(database.path) : 'data', name);
}
