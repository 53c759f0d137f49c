import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type BearerToken, isAuthentic, parseBearerToken, verifyClaims } from '../../../src/teams/gate/bearer-token.ts';
import type { SigningKey } from '../../../src/teams/gate/signing-keys.ts';
import { createSigningPair, type SigningPair, signToken } from '../../support/token-maker.ts';

const pair = createSigningPair('key-1');
const stranger = createSigningPair('key-1', ['msteams'], { owner: 'a stranger' });
const claims = { iss: 'issuer', aud: 'app', exp: 2000, nbf: 1000, serviceurl: 'https://smba.trafficmanager.net/' };
const good = signToken(pair, claims);
const [head = '', body = '', signature = ''] = good.split('.');
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Rule 2: the form of a token', () => {
  it('is read with its key, its app and the address it names', () => {
    expect(parseBearerToken(`Bearer ${good}`)).toEqual({
      text: good,
      claims: body,
      keyId: 'key-1',
      audience: 'app',
      serviceUrl: claims.serviceurl,
    });
  });

  it.each<[string, string | undefined]>([
    ['nothing', undefined],
    ['an empty header', ''],
    ['the word alone', 'Bearer'],
    ['the word and a space', 'Bearer '],
    ['another scheme', `Basic ${good}`],
    ['the scheme in lower case', `bearer ${good}`],
    ['a letter before the scheme', `xBearer ${good}`],
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
    ['an extension that jose understands', { alg: 'RS256', kid: 'key-1', crit: ['b64'], b64: true }],
    ['an empty list of extensions', { alg: 'RS256', kid: 'key-1', crit: [] }],
    ['extensions that are null', { alg: 'RS256', kid: 'key-1', crit: null }],
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

  it('reads claims that are missing, or are no texts, as missing', () => {
    const missing = { audience: undefined, serviceUrl: undefined };
    for (const odd of [{}, { aud: { a: 1 }, serviceurl: 5 }, { aud: ['app'], serviceurl: null }]) {
      expect(parseBearerToken(`Bearer ${head}.${part(odd)}.${signature}`)).toMatchObject(missing);
    }
  });

  it('is JSON in UTF-8, in whole groups of base64', () => {
    const broken = Buffer.from('7b22616c67223a225253323536222c226b6964223a22ff227d', 'hex').toString('base64url');
    expect(parseBearerToken(`Bearer ${broken}.${body}.${signature}`)).toBeUndefined();
    expect(parseBearerToken(`Bearer ${head}.${broken}.${signature}`)).toBeUndefined();
    const cut = `${head}${'A'.repeat((5 - (head.length % 4)) % 4)}`;
    expect(cut.length % 4).toBe(1);
    expect(parseBearerToken(`Bearer ${cut}.${body}.${signature}`)).toBeUndefined();
  });
});

const now = 1_700_000_000;
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const expected = { issuer: 'https://api.botframework.com', appId: 'app', serviceUrl, now: now * 1000 };
const goodNow = { iss: expected.issuer, aud: 'app', exp: now + 3600, nbf: now, serviceurl: serviceUrl };

/** What is wrong with a token of these claims; its signature is never looked at here. */
function judge(changes: Readonly<Record<string, unknown>> = {}) {
  return verifyClaims(parse(part({ ...goodNow, ...changes })), expected);
}
function parse(claimsPart: string): BearerToken {
  const token = parseBearerToken(`Bearer ${head}.${claimsPart}.${signature}`);
  if (token === undefined) throw new Error('the token has no form');
  return token;
}

describe('Rule 5: what a token says', () => {
  it('holds where Bot Framework issued it for this app and it is not over', () => {
    expect(judge()).toBeUndefined();
    expect(judge({ nbf: undefined })).toBeUndefined();
  });

  it.each([
    ['another issuer', { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }],
    ['an issuer that only begins the same', { iss: 'https://api.botframework.com/' }],
    ['no issuer', { iss: undefined }],
    ['a list of issuers', { iss: ['https://api.botframework.com'] }],
    ['another app', { aud: 'other' }],
    ['no app', { aud: undefined }],
    ['a list of apps', { aud: ['app'] }],
    ['a list of apps, another one among them', { aud: ['other', 'app'] }],
    ['no end', { exp: undefined }],
    ['an end that is no time', { exp: null }],
    ['an end that is a text', { exp: String(now + 3600) }],
    ['an end in a list', { exp: [now + 3600] }],
    ['a beginning that is no time', { nbf: null }],
    ['a beginning that is a text', { nbf: String(now) }],
    ['an end in the past', { exp: 0 }],
    ['an end below zero', { exp: -now }],
    ['a time of issue that is no time', { iat: String(now) }],
  ])('does not hold with %s', (_, changes) => {
    expect(judge(changes)).toBe('token-claims');
  });

  it.each([
    ['what every object has', `{"__proto__":${JSON.stringify(goodNow)}}`],
    ['an app named twice, the last of which is another', JSON.stringify(goodNow).replace(/}$/, ',"aud":"other"}')],
    ['an end named twice, the last of which is over', JSON.stringify(goodNow).replace(/}$/, ',"exp":0}')],
    ['an end below all numbers', JSON.stringify(goodNow).replace(/}$/, ',"exp":-1e400}')],
    ['a beginning above all numbers', JSON.stringify(goodNow).replace(/}$/, ',"nbf":1e400}')],
  ])('does not hold by %s', (_, json) => {
    expect(verifyClaims(parse(Buffer.from(json).toString('base64url')), expected)).toBe('token-claims');
  });

  it.each([
    [299, undefined],
    [300, 'token-claims'],
    [301, 'token-claims'],
  ])('is over after five minutes of grace: %i seconds past its end → %s', (past, outcome) => {
    expect(judge({ exp: now - past })).toBe(outcome);
  });

  it.each([
    [300, undefined],
    [301, 'token-claims'],
  ])('may begin within five minutes: in %i seconds → %s', (ahead, outcome) => {
    expect(judge({ nbf: now + ahead })).toBe(outcome);
  });
});

describe('Rule 6: the address a token names', () => {
  it.each([
    ['none', undefined],
    ['another one', 'https://smba.trafficmanager.net/amer/'],
    ['the same without its last slash', serviceUrl.slice(0, -1)],
    ['the same in other letters', serviceUrl.toUpperCase()],
  ])('is not %s', (_, other) => {
    expect(judge({ serviceurl: other })).toBe('token-address');
  });
});

describe('the signature of a token', () => {
  const keyOf = ({ jwk }: SigningPair): SigningKey => ({
    key: createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: String(jwk['n']), e: String(jwk['e']) } }),
    endorsements: ['msteams'],
  });
  const tokenOf = (claimsOfToken: Readonly<Record<string, unknown>>): BearerToken => {
    const token = parseBearerToken(`Bearer ${signToken(pair, claimsOfToken)}`);
    if (token === undefined) throw new Error('the token has no form');
    return token;
  };

  it('is true with the key that made it, and false with every other one', async () => {
    expect(await isAuthentic(tokenOf(goodNow), keyOf(pair), expected)).toBe(true);
    expect(await isAuthentic(tokenOf(goodNow), keyOf(stranger), expected)).toBe(false);
  });

  it('is false where what it signs does not hold', async () => {
    expect(await isAuthentic(tokenOf({ ...goodNow, aud: 'other' }), keyOf(pair), expected)).toBe(false);
    expect(await isAuthentic(tokenOf({ ...goodNow, exp: undefined }), keyOf(pair), expected)).toBe(false);
  });
});
