import { describe, expect, it } from '@jest/globals';
import { isGuid, parseGuid } from '../../src/base/ids.ts';

describe('a GUID', () => {
  it('has hyphens and digits of either case, and compares in lower case', () => {
    expect(parseGuid('a0000000-0000-4000-8000-00000000000B')).toBe('a0000000-0000-4000-8000-00000000000b');
    expect(isGuid('A0000000-0000-4000-8000-00000000000b')).toBe(true);
  });

  it.each([
    '',
    '{a0000000-0000-4000-8000-000000000001}',
    'a000000000004000800000000000000001',
    'a0000000-0000-4000-8000-00000000001',
    'a0000000-0000-4000-8000-0000000000011',
    'g0000000-0000-4000-8000-000000000001',
    ' a0000000-0000-4000-8000-000000000001',
    'a0000000-0000-4000-8000-000000000001\n',
  ])('is not %j', (text) => {
    expect(isGuid(text)).toBe(false);
    expect(parseGuid(text)).toBeUndefined();
  });
});
