import nodeProcess from 'node:process';
import { describe, expect, it } from '@jest/globals';
import { mayStayUnread, readErrorCode } from '../../src/base/errors.ts';

describe('the code of an error', () => {
  it('is what the error itself says', () => {
    expect(readErrorCode(Object.assign(new Error('taken'), { code: 'EADDRINUSE' }))).toBe('EADDRINUSE');
    expect(readErrorCode(Object.assign(new Error('odd'), { code: 7 }))).toBe('7');
  });

  it('is undefined without a code, and for what is no error', () => {
    expect(readErrorCode(new Error('plain'))).toBeUndefined();
    expect(readErrorCode({ code: 'EADDRINUSE' })).toBeUndefined();
    expect(readErrorCode(undefined)).toBeUndefined();
  });
});

describe('work that is handed on inside a value', () => {
  it('may fail unread without a rejection that nothing handles, and fails for whoever reads it', async () => {
    const unhandled: unknown[] = [];
    const note = (failure: unknown): void => void unhandled.push(failure);
    nodeProcess.on('unhandledRejection', note);
    const work = mayStayUnread(Promise.reject(new Error('a store that cannot write')));
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    nodeProcess.off('unhandledRejection', note);
    expect(unhandled).toStrictEqual([]);
    await expect(work).rejects.toThrow('a store that cannot write');
  });
});
