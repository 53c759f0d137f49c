import { describe, expect, it } from '@jest/globals';
import { plainId } from '../../../src/reset/people/plain-id.ts';

const digits = '0a1b2c3d000040008000abcdef012345';
const written = '0a1b2c3d-0000-4000-8000-abcdef012345';

describe('an id', () => {
  it.each([
    written,
    written.toUpperCase(),
    digits,
    `{${written}}`,
    `(${written})`,
    ` ${written}\n`,
    `8:orgid:${written}`,
    `8:ORGID:${written.toUpperCase()}`,
  ])('has one spelling where it is of Entra: %j', (id) => {
    expect(plainId(id)).toBe(digits);
  });

  it.each([
    ['29:1A-b', '29:1a-b'],
    [`29:${written}`, `29:${written}`],
    [`x8:orgid:${written}`, `x8:orgid:${written}`],
    [`${written}0`, `${written}0`],
    [`0${written}`, `0${written}`],
    [written.slice(1), written.slice(1)],
    ['', ''],
  ])('stays as it is but for its case where it is another: %j', (id, plain) => {
    expect(plainId(id)).toBe(plain);
  });
});
