import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { readStoreError, StoreError } from '../../../src/store/database/store-error.ts';

describe('what a database throws', () => {
  const make = (facts: object) => Object.assign(new Error('CANARY in the parameters'), facts);

  it.each([
    ['a busy file', { code: 'ERR_SQLITE_ERROR', errcode: 5 }, 'locked'],
    ['a busy file that recovers', { code: 'ERR_SQLITE_ERROR', errcode: 261 }, 'locked'],
    ['a read-only file', { code: 'ERR_SQLITE_ERROR', errcode: 8 }, 'read-only'],
    ['a full disk', { code: 'ERR_SQLITE_ERROR', errcode: 13 }, 'full'],
    ['a file that does not open', { code: 'ERR_SQLITE_ERROR', errcode: 14 }, 'cannot-open'],
    ['tables of another user', { code: '42501' }, 'not-permitted'],
    ['a disk that does not answer', { code: 'ERR_SQLITE_ERROR', errcode: 778 }, 'unreachable'],
    ['a broken rule of a table', { code: 'ERR_SQLITE_ERROR', errcode: 2067 }, 'unexpected'],
    ['a file with a part missing', { code: 'ERR_SQLITE_ERROR', errcode: 11 }, 'damaged'],
    ['a file that is none of SQLite', { code: 'ERR_SQLITE_ERROR', errcode: 26 }, 'not-ours'],
    ['a page of the server that is damaged', { code: 'XX001' }, 'damaged'],
    ['a misuse of the driver', { code: 'ERR_INVALID_STATE' }, 'unexpected'],
    ['a server that refuses connections', { code: 'ECONNREFUSED' }, 'unreachable'],
    ['a server that is not found', { code: 'ENOTFOUND' }, 'unreachable'],
    ['a pipe that broke', { code: 'EPIPE' }, 'unreachable'],
    ['a lost connection', { code: '08006' }, 'unreachable'],
    ['a server that shuts down', { code: '57P01' }, 'unreachable'],
    ['a password that is refused', { code: '28P01' }, 'not-let-in'],
    ['too many connections', { code: '53300' }, 'too-many-connections'],
    ['a database that does not exist', { code: '3D000' }, 'no-such-database'],
    ['a role that does not exist', { code: '28000' }, 'not-let-in'],
    ['a certificate of nobody', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'certificate-not-good'],
    ['a certificate of another name', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate-not-good'],
    ['a certificate without its authority', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'certificate-not-good'],
    ['a full disk of the server', { code: '53100' }, 'full'],
    ['a transaction that may only read', { code: '25006' }, 'read-only'],
    ['a lock that does not come', { code: '55P03' }, 'locked'],
    ['a statement that takes too long', { code: '57014' }, 'locked'],
    ['a deadlock', { code: '40P01' }, 'locked'],
    ['a unique index', { code: '23505', detail: 'CANARY' }, 'unexpected'],
    ['a folder that may not be written', { code: 'EACCES' }, 'cannot-open'],
    ['a folder on a medium that cannot be written', { code: 'EROFS' }, 'read-only'],
    ['a connection that takes too long', {}, 'unreachable'],
  ])('is understood by its code: %s', (_what, facts, code) => {
    const error = readStoreError(make(facts));
    expect(error).toMatchObject({ name: 'StoreError', code });
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('CANARY');
  });

  it('stays as it is where it is understood already, or is a defect', () => {
    for (const error of [new StoreError('full'), new TypeError('undefined is not a function')]) {
      expect(readStoreError(error)).toBe(error);
    }
  });

  it('may be anything at all', () => {
    expect(readStoreError('CANARY')).toMatchObject({ code: 'unexpected' });
    expect(readStoreError(undefined)).toMatchObject({ code: 'unexpected' });
  });
});
