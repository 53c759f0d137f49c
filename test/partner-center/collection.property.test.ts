import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { buildPath, readNextPath } from '../../src/partner-center/collection.ts';
import { PartnerError } from '../../src/partner-center/index.ts';

const baseUrl = 'https://api.partnercenter.microsoft.com';
const pieces = fc.constantFrom(
  '/',
  '//',
  '\\',
  '..',
  '.',
  '%2e',
  '%2F',
  '@',
  ':',
  '?',
  '#',
  'v1',
  'V1',
  'evil',
  'https:',
);
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
  fc.array(pieces).map((all) => all.join('')),
);

/** The path for an id, or undefined where it is refused with `invalid-argument`. */
function pathFor(id: string): string | undefined {
  try {
    return buildPath`/customers/${id}/users`;
  } catch (error) {
    if (error instanceof PartnerError && error.code === 'invalid-argument') {
      return undefined;
    }
    throw error;
  }
}

describe('an address', () => {
  it('has exactly one segment for an id, whatever is in it, or the id is refused', () => {
    fc.assert(
      fc.property(hostile, (id) => {
        const path = pathFor(id);
        if (path === undefined) {
          expect(id === '' || id === '.' || id === '..' || !id.isWellFormed()).toBe(true);
          return;
        }
        const url = new URL(`${baseUrl}/v1${path}`);
        expect(url.origin + url.search + url.hash).toBe(baseUrl);
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'v1', 'customers', id, 'users']);
      }),
      { numRuns: 2000 },
    );
  });

  it('of a next page stays below /v1 of its own host, whatever the link says, or there is none', () => {
    fc.assert(
      fc.property(hostile, (uri) => {
        const path = readNextPath(uri);
        if (path === undefined) {
          return;
        }
        const url = new URL(`${baseUrl}/v1${path}`);
        expect(url.origin).toBe(baseUrl);
        expect(url.pathname.startsWith('/v1/')).toBe(true);
        expect(url.href).toBe(`${baseUrl}/v1${path}`);
      }),
      { numRuns: 20_000, examples: [['evilhttps:/\\'], ['x:/v1/a\\..\\..\\b'], ['data:,x']] },
    );
  });
});
