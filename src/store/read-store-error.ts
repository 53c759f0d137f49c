import { StoreError, type StoreErrorCode } from './store-error.ts';

/** https://sqlite.org/rescode.html, the lowest byte of the result code. */
const sqliteCodes: Readonly<Record<number, StoreErrorCode>> = {
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  10: 'unreachable',
  11: 'damaged',
  13: 'full',
  14: 'unreachable',
  26: 'not-ours',
};

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const postgresCodes: Readonly<Record<string, StoreErrorCode>> = {
  '25006': 'read-only',
  '3D000': 'no-such-database',
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
  EACCES: 'read-only',
};

/** https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes */
const certificateCodes = /CERT|SIGNATURE|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/;

/** What `pg` throws by itself has no code; these are its words in version 8. */
const wordsOfPg: readonly (readonly [RegExp, StoreErrorCode])[] = [
  [/^The server does not support SSL connections$/, 'no-tls'],
  [/^SASL: /, 'not-let-in'],
];

/**
 * Reads what a database threw, by its codes and, but for what has none, never by its words. A `StoreError` stays what it is; so does an error of
 * the language itself (`TypeError` and the like), which is a defect and not the database's.
 */
export function readStoreError(error: unknown): Error {
  if (!Error.isError(error)) return new StoreError('unexpected');
  if (error instanceof StoreError || (error.name !== 'Error' && !('code' in error))) return error;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return new StoreError(sqliteCodes[error.errcode & 0xff] ?? 'unexpected', String(error.errcode));
  }
  if ('code' in error && typeof error.code === 'string') return new StoreError(readCode(error.code), error.code);
  // Such as a connection that took too long.
  return new StoreError(wordsOfPg.find(([words]) => words.test(error.message))?.[1] ?? 'unreachable');
}

function readCode(code: string): StoreErrorCode {
  if (/^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) {
    return postgresCodes[code] ?? postgresClasses[code.slice(0, 2)] ?? 'unexpected';
  }
  if (certificateCodes.test(code)) return 'certificate-not-good';
  return systemCodes[code] ?? (code.startsWith('ERR_') ? 'unexpected' : 'unreachable');
}
