/** Why the store could not do what it was asked. */
export type StoreErrorCode =
  | 'locked'
  | 'full'
  | 'read-only'
  | 'unreachable'
  | 'no-such-database'
  | 'not-let-in'
  | 'too-many-connections'
  | 'no-tls'
  | 'certificate-not-good'
  | 'already-running'
  | 'damaged'
  | 'not-ours'
  | 'schema-newer'
  | 'schema-older'
  | 'schema-gap'
  | 'row-unreadable'
  | 'wrong-key'
  | 'wrong-audit-key'
  | 'audit-beginning-missing'
  | 'audit-end-altered'
  | 'audit-not-kept'
  | 'unexpected';

const sentences = {
  locked: 'The database is busy with somebody else’s work.',
  full: 'There is no space left for the database.',
  'read-only': 'The database may be read, but not written.',
  unreachable: 'The database cannot be reached.',
  'no-such-database': 'The server answers, but has no database of the name that DATABASE_URL ends with.',
  'not-let-in': 'The server of the database does not accept the user or the password in DATABASE_URL.',
  'too-many-connections': 'The server of the database has no connection left; each instance takes a few.',
  'no-tls': 'The server of the database offers no TLS, which DATABASE_URL asks for.',
  'certificate-not-good':
    'The certificate of the database’s server is not good: expired, for another name, or of an authority that is not known here (sslrootcert in DATABASE_URL).',
  'already-running': 'Another Locksmith is running on this database; one at a time may.',
  damaged: 'The database is damaged, or a part of it is missing.',
  'not-ours': 'That is no database of Locksmith’s.',
  'schema-newer': 'The database was made by a newer Locksmith; start that one.',
  'schema-older':
    'The database was made by an older Locksmith, or is empty; start this version of the bot once to bring it up to date, or use the version that runs.',
  'schema-gap':
    'The database’s list of what was done to its tables (kysely_migration) has a gap, so nobody knows what they are; go back to a backup.',
  'row-unreadable': 'A row of the database does not hold what it should.',
  'wrong-key': 'The sealing keys do not open what is sealed in the database.',
  'wrong-audit-key': 'AUDIT_KEY is not the key that the audit trail of this database was begun with.',
  'audit-beginning-missing': 'The database does not say any more where its audit trail begins: somebody removed that.',
  'audit-end-altered':
    'The end of the audit trail is not as Locksmith wrote it: head and last record do not agree. Nothing is done until they do.',
  'audit-not-kept': 'The database took a record of the audit trail and did not keep it, so nothing was done.',
  unexpected: 'The database refused for a reason nobody foresaw.',
} as const satisfies Record<StoreErrorCode, string>;

/** A failure of the database. It holds no statement, no parameter and no row. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** The database's own code: SQLite's result code, PostgreSQL's SQLSTATE, or the system's name of a network error. */
  readonly databaseCode: string | undefined;

  constructor(code: StoreErrorCode, databaseCode?: string) {
    super(sentences[code]);
    this.name = 'StoreError';
    this.code = code;
    this.databaseCode = databaseCode;
  }
}
