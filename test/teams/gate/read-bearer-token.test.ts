import { describe, expect, it } from '@jest/globals';

import { readBearerToken } from '../../../src/teams/gate/read-bearer-token.ts';
import { createSigningPair, signToken } from '../../support/token-maker.ts';

const pair = createSigningPair('key-1');
const claims = { iss: 'issuer', aud: 'app', exp: 2000, nbf: 1000, serviceurl: 'https://smba.trafficmanager.net/' };
const good = signToken(pair, claims);
const [head = '', body = '', signature = ''] = good.split('.');
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Rule 2: the form of a token', () => {
  it('is read with what it says, the bytes that were signed, and the signature', () => {
    expect(readBearerToken(`Bearer ${good}`)).toEqual({
      keyId: 'key-1',
      claims: { issuer: 'issuer', audience: 'app', expires: 2000, notBefore: 1000, serviceUrl: claims.serviceurl },
      signed: Buffer.from(`${head}.${body}`),
      signature: Buffer.from(signature, 'base64url'),
    });
  });

  it.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['an empty header', ''],
    ['the word alone', 'Bearer'],
    ['the word and a space', 'Bearer '],
    ['another scheme', `Basic ${good}`],
    ['the scheme in lower case', `bearer ${good}`],
    ['two spaces', `Bearer  ${good}`],
    ['a space at the end', `Bearer ${good} `],
    ['a line at the end', `Bearer ${good}\n`],
    ['two tokens', `Bearer ${good}, Bearer ${good}`],
    ['two parts', `Bearer ${head}.${body}`],
    ['an empty signature', `Bearer ${head}.${body}.`],
    ['four parts', `Bearer ${good}.${signature}`],
    ['five parts, as an encrypted one has', `Bearer ${good}.a.b`],
    ['padding', `Bearer ${head}=.${body}.${signature}`],
    ['the other alphabet of base64', `Bearer ${head}+/.${body}.${signature}`],
    ['a head that is no JSON', `Bearer bm9uc2Vuc2U.${body}.${signature}`],
    ['a head that is a list', `Bearer ${part([])}.${body}.${signature}`],
    ['a head that is null', `Bearer ${part(null)}.${body}.${signature}`],
    ['claims that are a text', `Bearer ${head}.${part('claims')}.${signature}`],
    ['claims that are null', `Bearer ${head}.${part(null)}.${signature}`],
    ['claims that are no JSON', `Bearer ${head}.bm9uc2Vuc2U.${signature}`],
    ['more than 8 KB', `Bearer ${head}.${part({ ...claims, more: 'x'.repeat(8192) })}.${signature}`],
  ])('is not %s', (_, authorization) => {
    expect(readBearerToken(authorization)).toBeUndefined();
  });

  it.each([
    'none',
    'None',
    'HS256',
    'HS512',
    'RS384',
    'RS512',
    'PS256',
    'ES256',
    'EdDSA',
    'rs256',
    '',
    null,
    ['RS256'],
  ])('is RS256 and not %j', (alg) => {
    expect(readBearerToken(`Bearer ${part({ alg, kid: 'key-1' })}.${body}.${signature}`)).toBeUndefined();
  });

  it.each([
    ['no key', { alg: 'RS256' }],
    ['an empty key', { alg: 'RS256', kid: '' }],
    ['a key that is a number', { alg: 'RS256', kid: 5 }],
    ['a very long key', { alg: 'RS256', kid: 'k'.repeat(257) }],
    ['an extension that must be understood', { alg: 'RS256', kid: 'key-1', crit: ['b64'], b64: false }],
  ])('does not name %s', (_, header) => {
    expect(readBearerToken(`Bearer ${part(header)}.${body}.${signature}`)).toBeUndefined();
  });

  it('takes a key, an algorithm or a claim only where it stands itself, not from what every object has', () => {
    const polluted = `{"__proto__":{"alg":"RS256","kid":"key-1"}}`;
    expect(
      readBearerToken(`Bearer ${Buffer.from(polluted).toString('base64url')}.${body}.${signature}`),
    ).toBeUndefined();
  });

  it('may be 8 KB long and no longer', () => {
    const padded = (length: number) => {
      const start = `Bearer ${head}.${body}.`;
      return `${start}${'A'.repeat(length - start.length)}`;
    };
    expect(readBearerToken(padded(8192))).toBeDefined();
    expect(readBearerToken(padded(8193))).toBeUndefined();
  });

  it('reads claims that are not there as not there', () => {
    expect(readBearerToken(`Bearer ${head}.${part({})}.${signature}`)?.claims).toEqual({
      issuer: undefined,
      audience: undefined,
      expires: undefined,
      notBefore: undefined,
      serviceUrl: undefined,
    });
  });

  it('reads times that are no numbers as no time, and texts that are none as not there', () => {
    const odd = { iss: ['issuer'], aud: { a: 1 }, exp: '2000', nbf: null, serviceurl: 5 };
    expect(readBearerToken(`Bearer ${head}.${part(odd)}.${signature}`)?.claims).toEqual({
      issuer: undefined,
      audience: undefined,
      expires: Number.NaN,
      notBefore: Number.NaN,
      serviceUrl: undefined,
    });
  });
});
