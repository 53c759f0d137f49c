import { describe, expect, it } from '@jest/globals';

import { fetchSigningKeys } from '../../../src/teams/gate/fetch-signing-keys.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { createSigningPair } from '../../support/token-maker.ts';

const metadataUrl = 'https://login.botframework.example/v1/.well-known/openidconfiguration';
const keysUrl = 'https://keys.example/v1/keys';
const { jwk } = createSigningPair('key-1');

/** A network of these answers; what was asked for, and how, is kept. */
function createNetwork(answers: Readonly<Record<string, () => Response>>) {
  const asked: { readonly url: string; readonly redirect: unknown; readonly accept: string | null }[] = [];
  const get: typeof fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    asked.push({ url, redirect: init?.redirect, accept: new Headers(init?.headers).get('Accept') });
    const answer = answers[url];
    return answer === undefined ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(answer());
  };
  return { asked, fetch: (url = metadataUrl) => fetchSigningKeys(url, { fetch: get, clock, milliseconds: 5000 }) };
}
const clock = createHandClock();
const pointing = (to: unknown) => () => Response.json({ jwks_uri: to });
const keys = () => Response.json({ keys: [jwk] });

describe('fetching the signing keys (Rule 8)', () => {
  it('reads the metadata, then the keys it points at, as JSON and following no redirect', async () => {
    const network = createNetwork({ [metadataUrl]: pointing(keysUrl), [keysUrl]: keys });
    const fetched = await network.fetch();
    expect(fetched.kind === 'keys' && [...fetched.keys.keys()]).toEqual(['key-1']);
    expect(network.asked).toEqual([
      { url: metadataUrl, redirect: 'error', accept: 'application/json' },
      { url: keysUrl, redirect: 'error', accept: 'application/json' },
    ]);
    expect(clock.waits).toEqual([]);
  });

  it.each([
    ['in the clear', 'http://keys.example/v1/keys'],
    ['in the clear at the same host', 'http://login.botframework.example/keys'],
    ['in a file', 'file:///etc/keys'],
    ['in itself', 'data:application/json,{}'],
    ['nowhere', 'keys'],
    ['in no text', 5],
    ['at no address', ''],
  ])('asks for no keys %s', async (_, to) => {
    const network = createNetwork({ [metadataUrl]: pointing(to) });
    expect(await network.fetch()).toEqual({ kind: 'failed', why: 'malformed' });
    expect(network.asked).toHaveLength(1);
  });

  it('takes keys in the clear from where the metadata was in the clear, and from nowhere else', async () => {
    const [local, beside] = ['http://127.0.0.1:1/metadata', 'http://127.0.0.1:1/keys'];
    const network = createNetwork({ [local]: pointing(beside), [beside]: keys });
    expect((await network.fetch(local)).kind).toBe('keys');
    const other = createNetwork({ [local]: pointing('http://127.0.0.1:2/keys') });
    expect(await other.fetch(local)).toEqual({ kind: 'failed', why: 'malformed' });
  });

  it.each<[string, string, Readonly<Record<string, () => Response>>]>([
    ['network', 'no metadata answers', {}],
    ['network', 'no keys answer', { [metadataUrl]: pointing(keysUrl) }],
    ['malformed', 'the metadata is no JSON', { [metadataUrl]: () => new Response('<html>') }],
    ['malformed', 'the keys are no JSON', { [metadataUrl]: pointing(keysUrl), [keysUrl]: () => new Response('{') }],
    [
      'malformed',
      'there is no key',
      { [metadataUrl]: pointing(keysUrl), [keysUrl]: () => Response.json({ keys: [] }) },
    ],
    [
      'status',
      'the keys have a bad status',
      { [metadataUrl]: pointing(keysUrl), [keysUrl]: () => new Response('{}', { status: 500 }) },
    ],
  ])('has failed for the reason of %s where %s', async (why, _, answers) => {
    expect(await createNetwork(answers).fetch()).toEqual({ kind: 'failed', why });
  });

  it('has failed where nothing came in time', async () => {
    const silence: typeof fetch = () => new Promise(() => undefined);
    const outcome = fetchSigningKeys(metadataUrl, { fetch: silence, clock, milliseconds: 5000 });
    clock.advance(5000);
    expect(await outcome).toEqual({ kind: 'failed', why: 'timeout' });
  });

  it('takes a bad status without a body for one', async () => {
    const network = createNetwork({ [metadataUrl]: () => new Response(null, { status: 503 }) });
    expect(await network.fetch()).toEqual({ kind: 'failed', why: 'status' });
  });

  it('leaves no answer unread that it does not want', async () => {
    let cancelled = false;
    const body = new ReadableStream({
      cancel: () => {
        cancelled = true;
      },
    });
    const network = createNetwork({ [metadataUrl]: () => new Response(body, { status: 500 }) });
    expect(await network.fetch()).toEqual({ kind: 'failed', why: 'status' });
    expect(cancelled).toBe(true);
  });
});
