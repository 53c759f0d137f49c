import { describe, expect, it } from '@jest/globals';

import { readSigningKeys } from '../../../src/teams/gate/read-signing-keys.ts';
import { createSigningPair } from '../../support/token-maker.ts';

const { jwk } = createSigningPair('key-1', ['msteams', 'skype']);
const short = createSigningPair('short', ['msteams'], 1024);

const createJwk = () => structuredClone(jwk);

describe('a set of keys', () => {
  it('is read by the ids of its RSA keys, with what they are endorsed for', () => {
    const keys = readSigningKeys({ keys: [jwk, { ...jwk, kid: 'key-2', endorsements: undefined }] });
    expect([...(keys ?? [])].map(([id, { endorsements }]) => [id, endorsements])).toEqual([
      ['key-1', ['msteams', 'skype']],
      ['key-2', []],
    ]);
    expect(keys?.get('key-1')?.key.asymmetricKeyType).toBe('rsa');
  });

  it('endorses for what is named in a list of texts, and for nothing else', () => {
    const named = ['msteams', 5, null].map((one) =>
      Object.assign(createJwk(), { kid: String(one), endorsements: one }),
    );
    const keys = readSigningKeys({ keys: [...named, { ...jwk, kid: 'mixed', endorsements: ['skype', 5, null] }] });
    expect([...(keys ?? [])].map(([, { endorsements }]) => endorsements)).toEqual([[], [], [], ['skype']]);
  });

  it.each([
    ['another kind', { ...jwk, kty: 'EC' }],
    ['a secret', { kty: 'oct', kid: 'key-1', k: 'c2VjcmV0' }],
    ['no id', { ...jwk, kid: undefined }],
    ['no modulus', { ...jwk, n: undefined }],
    ['a modulus that is none', { ...jwk, n: 'AA' }],
    ['no exponent', { ...jwk, e: undefined }],
    ['1,024 bits', short.jwk],
    ['nothing', null],
    ['a text', 'key'],
  ])('passes over a key of %s', (_, entry) => {
    expect([...(readSigningKeys({ keys: [entry, { ...jwk, kid: 'good' }] }) ?? new Map()).keys()]).toEqual(['good']);
    expect(readSigningKeys({ keys: [entry] })).toBeUndefined();
  });

  it('is read no further than a thousand keys', () => {
    const many = Array.from({ length: 1001 }, (_, number) => Object.assign(createJwk(), { kid: `key-${number}` }));
    expect([...(readSigningKeys({ keys: many }) ?? new Map()).keys()].at(-1)).toBe('key-999');
  });

  it.each([null, [], 'keys', {}, { keys: null }, { keys: {} }, { keys: [] }])('is not %j', (answer) => {
    expect(readSigningKeys(answer)).toBeUndefined();
  });
});
