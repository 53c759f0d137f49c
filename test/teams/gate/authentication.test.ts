import { describe, expect, it } from '@jest/globals';
import { createTokenVerifier } from '../../../src/teams/gate/authentication.ts';
import { type FoundKey, readSigningKeys } from '../../../src/teams/gate/signing-keys.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { createSigningPair, goodClaims, type SigningPair, signToken } from '../../support/token-maker.ts';

const appId = 'a0000000-0000-4000-8000-000000000001';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const issuer = 'https://api.botframework.com';
const pair = createSigningPair('key-1');
const stranger = createSigningPair('key-1');
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
        claims: { issuer, audience: appId, expires: good['exp'], notBefore: good['nbf'], serviceUrl },
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
