import type { ListenError } from '../../base/index.ts';

/**
 * What to do about each code of a `StoreError`, for the administrator who runs the doctor. This room does not import the
 * store. The doctor looks advice up by `StoreErrorCode`, so it does not compile when a code is missing here.
 */
export const storeAdvice = {
  locked: 'Try again in a minute.',
  full: 'Make room on the disk of the database.',
  'read-only': 'Let the account that Locksmith runs as write to the database and its folder.',
  'cannot-open':
    'Run this as the user of the bot. What another user made there, give to that one: chown -R locksmith data (docs/install.md, step 4).',
  'not-permitted':
    'Let database and tables belong to that user: createdb --owner, pg_restore --no-owner --role (docs/operations.md).',
  unreachable: 'Compare DATABASE_URL with the server, and let this machine reach it.',
  'no-such-database': 'Make the database, or mend the name at the end of DATABASE_URL.',
  'not-let-in': 'Mend the user and the password in DATABASE_URL.',
  'too-many-connections':
    'Allow the server more connections, or run fewer instances; deploy/README.md says how many each takes.',
  'pooler-shares-sessions':
    'Set pool_mode = session for this database in the pooler, or give DATABASE_URL the address of the database itself.',
  'pooler-refuses': 'Look into the log of the pooler; deploy/README.md says what Locksmith needs of one.',
  'no-tls': 'Have the server offer TLS.',
  'certificate-not-good': 'Mend the certificate, or name the authority’s file: sslrootcert=FILE in DATABASE_URL.',
  'already-running': 'End that one first, or name another database in DATABASE_URL.',
  damaged: 'Restore a backup: docs/operations.md.',
  'not-ours': 'Look at DATABASE_URL: nothing may be written to what it names.',
  'schema-newer': 'Start the newer Locksmith.',
  'schema-older': 'Start the bot once; it brings the tables up to date.',
  'schema-empty': 'Run "npm run consent", which makes them; so does the first start (docs/install.md, step 6).',
  'schema-gap': 'Go back to a backup.',
  'row-unreadable': 'Run "npm run audit -- verify": somebody may have changed the database.',
  'row-altered': 'Run "npm run audit -- verify": somebody has changed the database.',
  'wrong-key': 'Give SEALING_KEY the key it was sealed with; after a rotation it stands after a comma.',
  'wrong-audit-key': 'Give AUDIT_KEY the key that the trail was begun with; it is not rotated.',
  'audit-beginning-missing': 'Run "npm run audit -- verify": somebody has changed the database.',
  'audit-chain-missing':
    'If this is the upgrade from a version without a chained trail, run "npm run audit -- begin" once: docs/operations.md. Otherwise somebody has changed the database.',
  'audit-end-altered': 'Run "npm run audit -- verify": somebody has changed the database.',
  'audit-not-kept': 'Look for triggers in the database that are not Locksmith’s.',
  'clocks-disagree':
    'Set both clocks right. If both are right, somebody answers in the place of the database: look for functions and operators in it that are not Locksmith’s.',
  unexpected: 'Report it, with this line.',
} as const;

const preserveEvidenceAdvice =
  'Keep the files of the database and the logs as they are, run "npm run audit -- verify --heads LOG" with the log of the bot, and compare with a backup, or go back to one.';

/** An address that the bot could not listen at, and the names of the settings that hold it. */
type FailedListenAddress = Pick<ListenError, 'settings' | 'systemCode'> & {
  readonly host: string;
  readonly port: number | undefined;
};

const mayNotListen = ({ settings, host, port, systemCode }: FailedListenAddress): string =>
  `It may not listen on ${host}:${port}. Set ${settings.host} and ${settings.port} to what this machine allows. (${systemCode})`;

/** Why the bot did not start, by the setting to change where there is one. */
export const startFailureTexts = {
  'wrong-key':
    'SEALING_KEY does not open what is sealed in this database. Give the key it was sealed with; it may stand after a comma.',
  'audit-beginning-missing': `Somebody removed from the database what says where its audit trail begins. ${preserveEvidenceAdvice} If nothing else is wrong, the setting audit-check is missing: its value is the "check" of the line audit-chain-begun in the log of the first start.`,
  'audit-chain-missing': `The audit trail has no chain. If this is the upgrade from a version without one, run "npm run audit -- begin" once: docs/operations.md. If not, somebody took the chain away. ${preserveEvidenceAdvice}`,
  'audit-end-altered': `Somebody changed the end of the audit trail in the database: its head and its last record do not agree. ${preserveEvidenceAdvice}`,
  fileMissing: (code: string) => `A file or folder that a setting names is not there. (${code})`,
  fileClosed: (code: string) =>
    `A file or folder that it needs may not be used by this user. Start it as the user of the bot: docs/install.md, step 4. (${code})`,
  noDatabase: 'DATABASE_URL names a file that is no database. Name another one, or put a backup in its place.',
  unforeseen: 'For a reason no one foresaw.',
  listen: {
    taken: ({ settings, port }) =>
      `${settings.port} ${port} is taken. Set ${settings.port} to another one, or end what listens there.`,
    'no-address': ({ settings, host, systemCode }) =>
      `${settings.host} ${host} is no address of this machine. Set ${settings.host} to one that is. (${systemCode})`,
    'not-allowed': mayNotListen,
    unexpected: mayNotListen,
  } satisfies Record<ListenError['code'], (address: FailedListenAddress) => string>,
} as const;
