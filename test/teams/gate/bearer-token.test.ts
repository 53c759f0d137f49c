import { describe, expect, it } from '@jest/globals';
import { parseBearerToken, verifyClaims } from '../../../src/teams/gate/bearer-token.ts';
import { createSigningPair, signToken } from '../../support/token-maker.ts';

const pair = createSigningPair('key-1');
const claims = { iss: 'issuer', aud: 'app', exp: 2000, nbf: 1000, serviceurl: 'https://smba.trafficmanager.net/' };
const good = signToken(pair, claims);
const [head = '', body = '', signature = ''] = good.split('.');
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Rule 2: the form of a token', () => {
  it('is read with what it says, the bytes that were signed, and the signature', () => {
    expect(parseBearerToken(`Bearer ${good}`)).toEqual({
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
    expect(parseBearerToken(authorization)).toBeUndefined();
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
    expect(parseBearerToken(`Bearer ${part({ alg, kid: 'key-1' })}.${body}.${signature}`)).toBeUndefined();
  });

  it.each([
    ['no key', { alg: 'RS256' }],
    ['an empty key', { alg: 'RS256', kid: '' }],
    ['a key that is a number', { alg: 'RS256', kid: 5 }],
    ['a very long key', { alg: 'RS256', kid: 'k'.repeat(257) }],
    ['an extension that must be understood', { alg: 'RS256', kid: 'key-1', crit: ['b64'], b64: false }],
  ])('does not name %s', (_, header) => {
    expect(parseBearerToken(`Bearer ${part(header)}.${body}.${signature}`)).toBeUndefined();
  });

  it('takes a key, an algorithm or a claim only where it stands itself, not from what every object has', () => {
    const polluted = `{"__proto__":{"alg":"RS256","kid":"key-1"}}`;
    expect(
      parseBearerToken(`Bearer ${Buffer.from(polluted).toString('base64url')}.${body}.${signature}`),
    ).toBeUndefined();
  });

  it('may be 8 KB long and no longer', () => {
    const padded = (length: number) => {
      const start = `Bearer ${head}.${body}.`;
      return `${start}${'A'.repeat(length - start.length)}`;
    };
    expect(parseBearerToken(padded(8192))).toBeDefined();
    expect(parseBearerToken(padded(8193))).toBeUndefined();
  });

  it('reads claims that are not there as not there', () => {
    expect(parseBearerToken(`Bearer ${head}.${part({})}.${signature}`)?.claims).toEqual({
      issuer: undefined,
      audience: undefined,
      expires: undefined,
      notBefore: undefined,
      serviceUrl: undefined,
    });
  });

  it('reads times that are no numbers as no time, and texts that are none as not there', () => {
    const odd = { iss: ['issuer'], aud: { a: 1 }, exp: '2000', nbf: null, serviceurl: 5 };
    expect(parseBearerToken(`Bearer ${head}.${part(odd)}.${signature}`)?.claims).toEqual({
      issuer: undefined,
      audience: undefined,
      expires: Number.NaN,
      notBefore: Number.NaN,
      serviceUrl: undefined,
    });
  });
});

const now = 1_700_000_000;
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const expected = { issuer: 'https://api.botframework.com', appId: 'app', serviceUrl, now: now * 1000 };
const goodCheckClaimsTest = {
  issuer: expected.issuer,
  audience: 'app',
  expires: now + 3600,
  notBefore: now,
  serviceUrl,
};

describe('Rule 5: what a token says', () => {
  it('holds where Bot Framework issued it for this app and it is not over', () => {
    expect(verifyClaims(goodCheckClaimsTest, expected)).toBeUndefined();
    expect(verifyClaims({ ...goodCheckClaimsTest, notBefore: undefined }, expected)).toBeUndefined();
  });

  it.each([
    ['another issuer', { issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }],
    ['an issuer that only begins the same', { issuer: 'https://api.botframework.com/' }],
    ['no issuer', { issuer: undefined }],
    ['another app', { audience: 'other' }],
    ['no app', { audience: undefined }],
    ['no end', { expires: undefined }],
    ['an end that is no time', { expires: Number.NaN }],
    ['a beginning that is no time', { notBefore: Number.NaN }],
    ['an end in the past', { expires: 0 }],
  ])('does not hold with %s', (_, changes) => {
    expect(verifyClaims({ ...goodCheckClaimsTest, ...changes }, expected)).toBe('token-claims');
  });

  it.each([
    [299, undefined],
    [300, 'token-claims'],
    [301, 'token-claims'],
  ])('is over after five minutes of grace: %i seconds past its end → %s', (past, outcome) => {
    expect(verifyClaims({ ...goodCheckClaimsTest, expires: now - past }, expected)).toBe(outcome);
  });

  it.each([
    [300, undefined],
    [301, 'token-claims'],
  ])('may begin within five minutes: in %i seconds → %s', (ahead, outcome) => {
    expect(verifyClaims({ ...goodCheckClaimsTest, notBefore: now + ahead }, expected)).toBe(outcome);
  });
});

describe('Rule 6: the address a token names', () => {
  it.each([
    ['none', undefined],
    ['another one', 'https://smba.trafficmanager.net/amer/'],
    ['the same without its last slash', serviceUrl.slice(0, -1)],
    ['the same in other letters', serviceUrl.toUpperCase()],
  ])('is not %s', (_, other) => {
    expect(verifyClaims({ ...goodCheckClaimsTest, serviceUrl: other }, expected)).toBe('token-address');
  });
});
