import { describe, expect, it } from '@jest/globals';
import { readErrorCode } from '../../src/base/errors.ts';

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
