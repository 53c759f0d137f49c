import { StoreError, type StoreErrorCode } from './store-error.ts';

/** https://sqlite.org/rescode.html, the lowest byte of the result code. */
const sqliteCodes: Readonly<Record<number, StoreErrorCode>> = {
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  10: 'unreachable',
  13: 'full',
  14: 'unreachable',
};

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const postgresCodes: Readonly<Record<string, StoreErrorCode>> = {
  '25006': 'read-only',
  '3D000': 'unreachable',
  '40001': 'locked',
  '40P01': 'locked',
  '53100': 'full',
  '55P03': 'locked',
  '57014': 'locked',
};

const postgresClasses: Readonly<Record<string, StoreErrorCode>> = {
  '08': 'unreachable',
  '28': 'unreachable',
  '53': 'unreachable',
  '57': 'unreachable',
};

const systemCodes: Readonly<Record<string, StoreErrorCode>> = {
  ENOSPC: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
};

/**
 * Reads what a database threw, by its codes and never by its words. A `StoreError` stays what it is; so does an error of
 * the language itself (`TypeError` and the like), which is a defect and not the database's.
 */
export function readStoreError(error: unknown): Error {
  if (!Error.isError(error)) return new StoreError('unexpected');
  if (error instanceof StoreError || (error.name !== 'Error' && !('code' in error))) return error;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return new StoreError(sqliteCodes[error.errcode & 0xff] ?? 'unexpected', String(error.errcode));
  }
  if ('code' in error && typeof error.code === 'string') return new StoreError(readCode(error.code), error.code);
  // What `pg` throws by itself, such as a connection that took too long, has no code.
  return new StoreError('unreachable');
}

function readCode(code: string): StoreErrorCode {
  if (/^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) {
    return postgresCodes[code] ?? postgresClasses[code.slice(0, 2)] ?? 'unexpected';
  }
  return systemCodes[code] ?? (code.startsWith('ERR_') ? 'unexpected' : 'unreachable');
}
