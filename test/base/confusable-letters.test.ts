import { describe, expect, it } from '@jest/globals';
import { assert, integer, property, string } from 'fast-check';
import { skeletonOf } from '../../src/base/confusable-letters.ts';

describe('the skeleton of a text', () => {
  it('is the same whether a text is ASCII alone or stands beside a letter that is not', () => {
    const ascii = string({ unit: integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
    assert(
      property(ascii, (text) => {
        expect(skeletonOf(`${text}é`)).toBe(skeletonOf(text) + skeletonOf('é'));
      }),
    );
  });

  it.each([
    ['Illinois', 'lllinois'],
    ['modern', 'rnodern'],
    ['VVendy', 'Wendy'],
    ['раypal', 'paypal'],
  ])('is one for %s and %s', (one, other) => {
    expect(skeletonOf(one)).toBe(skeletonOf(other));
  });
});
