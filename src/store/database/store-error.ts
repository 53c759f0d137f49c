/** Why the store could not do what it was asked. */
type StoreErrorCode =
  | 'locked'
  | 'full'
  | 'read-only'
  | 'cannot-open'
  | 'not-permitted'
  | 'unreachable'
  | 'no-such-database'
  | 'not-let-in'
  | 'too-many-connections'
  | 'pooler-shares-sessions'
  | 'pooler-refuses'
  | 'no-tls'
  | 'certificate-not-good'
  | 'already-running'
  | 'damaged'
  | 'not-ours'
  | 'schema-newer'
  | 'schema-older'
  | 'schema-empty'
  | 'schema-gap'
  | 'row-unreadable'
  | 'row-altered'
  | 'wrong-key'
  | 'wrong-audit-key'
  | 'audit-beginning-missing'
  | 'audit-chain-missing'
  | 'audit-end-altered'
  | 'audit-not-kept'
  | 'clocks-disagree'
  | 'unexpected';

const sentences = {
  locked: 'The database is busy with somebody else’s work.',
  full: 'There is no space left for the database.',
  'read-only': 'The database may be read, but not written.',
  'cannot-open': 'A file or folder of the database cannot be opened: this user may not, or it is not there.',
  'not-permitted':
    'The user in DATABASE_URL may not use the tables, or make them: what is there belongs to another user of the server.',
  unreachable: 'The database cannot be reached.',
  'no-such-database': 'The server answers, but has no database of the name that DATABASE_URL ends with.',
  'not-let-in': 'The server of the database does not accept the user or the password in DATABASE_URL.',
  'too-many-connections': 'The server of the database has no connection left; each instance takes a few.',
  'pooler-shares-sessions':
    'A connection pooler stands before the database and shares its sessions, as PgBouncer does in transaction mode. Locksmith needs session mode (pool_mode = session), or the address of the database itself.',
  'pooler-refuses':
    'What stands before the database, such as PgBouncer, answered and refused. Its own log says why: a setting that it does not know, a database that it does not have, or no connection left in its pool.',
  'no-tls': 'The server of the database offers no TLS, which DATABASE_URL asks for.',
  'certificate-not-good':
    'The certificate of the database’s server is not good: expired, for another name, or of an authority that is not known here (sslrootcert in DATABASE_URL).',
  'already-running': 'Another Locksmith is running on this database; one at a time may.',
  damaged: 'The database is damaged, or a part of it is missing.',
  'not-ours': 'That is no database of Locksmith’s.',
  'schema-newer': 'The database was made by a newer Locksmith; start that one.',
  'schema-older':
    'The database was made by an older Locksmith; start this version of the bot once to bring it up to date, or use the version that runs.',
  'schema-empty': 'The database is there and empty: its tables are not made yet.',
  'schema-gap':
    'The database’s list of what was done to its tables (kysely_migration) has a gap, so no one knows what they are; go back to a backup.',
  'row-unreadable': 'A row of the database does not hold what it should.',
  'row-altered': 'A row of the database is not as Locksmith wrote it: somebody changed it, or put an older copy back.',
  'wrong-key': 'The sealing keys do not open what is sealed in the database.',
  'wrong-audit-key': 'AUDIT_KEY is not the key that the audit trail of this database was begun with.',
  'audit-beginning-missing': 'The database does not say any more where its audit trail begins: somebody removed that.',
  'audit-chain-missing':
    'The database has records or requests from before it had a chained audit trail, or somebody took the chain away: no chain is begun without being told.',
  'audit-end-altered':
    'The end of the audit trail is not as Locksmith wrote it: head and last record do not agree. Nothing is done until they do.',
  'audit-not-kept': 'The database took a record of the audit trail and did not keep it, so nothing was done.',
  'clocks-disagree':
    'The clocks of the database and of this machine differ by more than five minutes, so no reset is confirmed and no old row removed.',
  unexpected: 'The database refused for a reason no one foresaw.',
} as const satisfies Record<StoreErrorCode, string>;

/** A failure of the database. It holds no statement, no parameter and no row. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** The database's own code: SQLite's result code, PostgreSQL's SQLSTATE, or the system's name of a network error. */
  readonly databaseCode: string | undefined;
  /** With `audit-chain-missing`: how many records have no chain. */
  readonly records: number | undefined;

  constructor(code: StoreErrorCode, databaseCode?: string, records?: number) {
    super(sentences[code]);
    this.records = records;
    this.name = 'StoreError';
    this.code = code;
    this.databaseCode = databaseCode;
  }
}

/** https://sqlite.org/rescode.html, the lowest byte of the result code. */
const sqliteCodes: Readonly<Record<number, StoreErrorCode>> = {
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  10: 'unreachable',
  11: 'damaged',
  13: 'full',
  14: 'cannot-open',
  26: 'not-ours',
};

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const postgresCodes: Readonly<Record<string, StoreErrorCode>> = {
  '08P01': 'pooler-refuses',
  '25006': 'read-only',
  '3D000': 'no-such-database',
  '42501': 'not-permitted',
  '40001': 'locked',
  '40P01': 'locked',
  '53100': 'full',
  '53300': 'too-many-connections',
  '55P03': 'locked',
  '57014': 'locked',
  XX001: 'damaged',
  XX002: 'damaged',
};

const postgresClasses: Readonly<Record<string, StoreErrorCode>> = {
  '08': 'unreachable',
  '28': 'not-let-in',
  '53': 'unreachable',
  '57': 'unreachable',
};

const systemCodes: Readonly<Record<string, StoreErrorCode>> = {
  ENOSPC: 'full',
  EROFS: 'read-only',
  EACCES: 'cannot-open',
  EPERM: 'cannot-open',
};

/** https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes */
const certificateCodes = /CERT|SIGNATURE|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/;

/** What `pg` throws by itself has no code; these are its words in version 8. */
const pgMessages: readonly (readonly [RegExp, StoreErrorCode])[] = [
  [/^The server does not support SSL connections$/, 'no-tls'],
  [/^SASL: /, 'not-let-in'],
];

/**
 * Turns what a database threw into a `StoreError`, by its code. Only errors without a code are read by their message.
 * A `StoreError` stays as it is. So does an error of the language, such as `TypeError`: it is a defect.
 */
export function readStoreError(error: unknown): Error {
  if (!Error.isError(error)) return new StoreError('unexpected');
  if (error instanceof StoreError || (error.name !== 'Error' && !('code' in error))) return error;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return new StoreError(sqliteCodes[error.errcode & 0xff] ?? 'unexpected', String(error.errcode));
  }
  if ('code' in error && typeof error.code === 'string') return new StoreError(readCode(error.code), error.code);
  // Such as a connection that took too long.
  return new StoreError(pgMessages.find(([words]) => words.test(error.message))?.[1] ?? 'unreachable');
}

function readCode(code: string): StoreErrorCode {
  if (/^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) {
    return postgresCodes[code] ?? postgresClasses[code.slice(0, 2)] ?? 'unexpected';
  }
  if (certificateCodes.test(code)) return 'certificate-not-good';
  return systemCodes[code] ?? (code.startsWith('ERR_') ? 'unexpected' : 'unreachable');
}
