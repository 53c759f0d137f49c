import { constants, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createOfflineTokenVerifier, createTokenVerifier } from '../../../src/teams/gate/authentication.ts';
import { type FoundKey, readSigningKeys } from '../../../src/teams/gate/signing-keys.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { createSigningPair, goodClaims, type SigningPair, signToken } from '../../support/token-maker.ts';

const appId = 'a0000000-0000-4000-8000-000000000001';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const issuer = 'https://api.botframework.com';
const pair = createSigningPair('key-1');
const stranger = createSigningPair('key-1', ['msteams'], { owner: 'a stranger' });
const clock = createHandClock();
const good = goodClaims({ appId, serviceUrl, now: clock.now() });
const activity = { channelId: 'msteams', serviceUrl };

const keyOf = ({ jwk, id }: SigningPair): FoundKey => {
  const key = readSigningKeys({ keys: [jwk] })?.get(id);
  return key === undefined ? { kind: 'unknown' } : { kind: 'key', key };
};

/** Checks one activity with one header, and keeps which keys were asked for. */
async function check(body: object, authorization: string | undefined, found: FoundKey = keyOf(pair)) {
  const asked: string[] = [];
  const find = (keyId: string) => {
    asked.push(keyId);
    return Promise.resolve(found);
  };
  const outcome = await createTokenVerifier({ keys: { find }, issuer, appId, clock })(body, authorization);
  return { outcome, asked };
}
const signed = (changes: Readonly<Record<string, unknown>> = {}) =>
  `Bearer ${signToken(pair, { ...good, ...changes })}`;
const refused = (rule: string) => ({ kind: 'refused', rule });

describe('a token', () => {
  it('is authentic where the named key signed it, and says what it claims', async () => {
    expect(await check(activity, signed())).toEqual({
      outcome: {
        kind: 'authentic',
        claims: { issuer, audience: appId, serviceUrl },
      },
      asked: ['key-1'],
    });
  });

  it.each<[string, object, string | undefined]>([
    ['token-form', activity, undefined],
    ['token-form', activity, 'Bearer nonsense'],
    ['channel', { ...activity, channelId: 'webchat' }, signed()],
    ['channel', { serviceUrl }, signed()],
    ['service-address', { channelId: 'msteams' }, signed()],
    ['service-address', { ...activity, serviceUrl: 5 }, signed()],
    ['service-address', { ...activity, serviceUrl: 'https://evil.example/' }, signed()],
    ['service-address', { ...activity, serviceUrl: 'http://127.0.0.1/' }, signed({ serviceurl: 'http://127.0.0.1/' })],
    [
      'service-address',
      { ...activity, serviceUrl: `${serviceUrl}${'a'.repeat(1024)}` },
      signed({ serviceurl: `${serviceUrl}${'a'.repeat(1024)}` }),
    ],
    ['token-claims', activity, signed({ aud: 'other' })],
    ['token-address', activity, signed({ serviceurl: 'https://smba.trafficmanager.net/amer/' })],
  ])('is refused by %s before any key is asked for: %j', async (rule, body, authorization) => {
    expect(await check(body, authorization)).toEqual({ outcome: refused(rule), asked: [] });
  });

  it.each<[string, FoundKey]>([
    ['keys-unavailable', { kind: 'unavailable' }],
    ['signing-key', { kind: 'unknown' }],
    ['signing-key', keyOf(createSigningPair('key-1', ['webchat', 'msteams2']))],
    ['signature', keyOf(stranger)],
  ])('is refused by %s once the keys were asked', async (rule, found) => {
    expect((await check(activity, signed(), found)).outcome).toEqual(refused(rule));
  });

  it('is taken of a key that is endorsed for other channels too', async () => {
    const both = createSigningPair('key-1', ['webchat', 'msteams']);
    const authorization = `Bearer ${signToken(both, good)}`;
    expect((await check(activity, authorization, keyOf(both))).outcome.kind).toBe('authentic');
  });
});

describe('a hostile token', () => {
  const [head = '', body = '', signature = ''] = signToken(pair, good).split('.');

  it.each<[string, string]>([
    ['a key that it brings itself', signToken(stranger, good, { jwk: stranger.jwk })],
    ['an address of its own keys', signToken(stranger, good, { jku: 'https://evil.example/keys' })],
    ['a certificate of its own', signToken(stranger, good, { x5c: ['MIIB'], x5u: 'https://evil.example/cert' })],
    [
      'claims that were changed',
      `${head}.${Buffer.from(JSON.stringify({ ...good, tid: 'x' })).toString('base64url')}.${signature}`,
    ],
    [
      'a head that was changed',
      `${Buffer.from('{"alg":"RS256","kid":"key-1"}').toString('base64url')}.${body}.${signature}`,
    ],
    ['half a signature', `${head}.${body}.${signature.slice(0, 171)}`],
    ['a signature in broken base64', `${head}.${body}.${signature.slice(0, 341)}`],
    ['a signature of one byte', `${head}.${body}.AA`],
    [
      'a signature of PS256',
      `${head}.${body}.${sign('RSA-SHA256', Buffer.from(`${head}.${body}`), {
        key: pair.privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
      }).toString('base64url')}`,
    ],
    [
      'a signature over SHA-1',
      `${head}.${body}.${sign('RSA-SHA1', Buffer.from(`${head}.${body}`), pair.privateKey).toString('base64url')}`,
    ],
  ])('is refused by its signature with %s, and only the named key is asked for', async (_, token) => {
    expect(await check(activity, `Bearer ${token}`)).toEqual({ outcome: refused('signature'), asked: ['key-1'] });
  });

  it.each<[string, string]>([
    ['unsigned', `${Buffer.from('{"alg":"none","kid":"key-1"}').toString('base64url')}.${body}.`],
    [
      'unsigned with a signature',
      `${Buffer.from('{"alg":"none","kid":"key-1"}').toString('base64url')}.${body}.${signature}`,
    ],
    ['signed with the public key as a secret', signToken(pair, good, { alg: 'HS256' })],
    ['signed with two algorithms', signToken(pair, good, { alg: ['RS256', 'none'] })],
    ['unencoded', signToken(pair, good, { b64: false, crit: ['b64'] })],
    ['in the JSON form', JSON.stringify({ protected: head, payload: body, signature })],
  ])('is refused by its form when it is %s, and no key is asked for', async (_, token) => {
    expect(await check(activity, `Bearer ${token}`)).toEqual({ outcome: refused('token-form'), asked: [] });
  });

  it('is judged by the time at which it came, however long the keys take', async () => {
    const slow = createHandClock();
    const find = () => {
      slow.advance(2 * 60 * 60 * 1000);
      return Promise.resolve(keyOf(pair));
    };
    const verify = createTokenVerifier({ keys: { find }, issuer, appId, clock: slow });
    expect((await verify(activity, signed())).kind).toBe('authentic');
  });
});

describe('a token without its body', () => {
  const known = (found: FoundKey) =>
    createOfflineTokenVerifier({
      keys: { known: (id) => (id === 'key-1' && found.kind === 'key' ? found.key : undefined) },
      issuer,
      appId,
      clock,
    });

  it('is signed where a key in memory signed it and it holds', () => {
    expect(known(keyOf(pair))(signed())).toBe(true);
  });

  it.each<[string, string | undefined, FoundKey]>([
    ['no header', undefined, keyOf(pair)],
    ['no form', 'Bearer nonsense', keyOf(pair)],
    ['another app', signed({ aud: 'other' }), keyOf(pair)],
    ['an end in the past', signed({ exp: 0 }), keyOf(pair)],
    ['no address', signed({ serviceurl: undefined }), keyOf(pair)],
    ['no key in memory', signed(), { kind: 'unknown' }],
    ['a key of another', signed(), keyOf(stranger)],
  ])('is not signed with %s', (_, authorization, found) => {
    expect(known(found)(authorization)).toBe(false);
  });
});
