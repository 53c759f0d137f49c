import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LogEvent } from '../../../src/base/log.ts';
import { createSigningKeys, fetchSigningKeys, readSigningKeys } from '../../../src/teams/gate/signing-keys.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { type KeyServer, type KeyServerFault, startKeyServer } from '../../support/key-server.ts';
import { createSigningPair } from '../../support/token-maker.ts';

const hour = 60 * 60 * 1000;
const one = createSigningPair('key-1');
const two = createSigningPair('key-2');

let server: KeyServer;
let clock: HandClock;
let logged: LogEvent[];
/** How often something was asked for, from the moment it was. */
let calls: number;
let keys: ReturnType<typeof createSigningKeys>;

beforeEach(async () => {
  server = await startKeyServer(one);
  clock = createHandClock();
  logged = [];
  calls = 0;
  const counted: typeof fetch = (input, init) => {
    calls += 1;
    return fetch(input, init);
  };
  keys = createSigningKeys({
    metadataUrl: server.metadataUrl,
    fetch: counted,
    clock,
    log: (event) => logged.push(event),
  });
});
afterEach(() => server.close());

const found = async (id: string) => (await keys.find(id)).kind;
/** How often both documents were fetched. */
const fetches = () => server.asked.filter((path) => path.endsWith('openidconfiguration')).length;

describe('Rule 7: the signing keys', () => {
  it('are fetched when first asked for, once by those who ask at once', async () => {
    expect(server.asked).toEqual([]);
    expect(await Promise.all(['key-1', 'key-1', 'key-2'].map(found))).toEqual(['key', 'key', 'unknown']);
    expect(server.asked).toHaveLength(2);
  });

  it('are in memory from the start on, and are kept there for days without a message', async () => {
    const asked = () => Promise.all([1, 2, 3].map(() => keys.find('key-1')));
    keys.start();
    await asked();
    expect(keys.known('key-1')).toBeDefined();
    for (let day = 0; day < 3; day += 1) {
      for (const _ of ['noon', 'midnight']) {
        const before = fetches();
        clock.advance(12 * hour);
        while (fetches() === before) await new Promise((resolve) => setImmediate(resolve));
        await clock.waiting((wait) => wait === 12 * hour);
      }
      expect(keys.known('key-1')).toBeDefined();
    }
    expect(fetches()).toBe(7);
    keys.stop();
    clock.advance(24 * hour);
    expect([keys.known('key-1'), fetches(), clock.waits]).toEqual([undefined, 7, []]);
  });

  it('are asked for again after half a minute where they cannot be had at the start', async () => {
    server.break('metadata', { kind: 'status', status: 503 });
    keys.start();
    await clock.waiting((wait) => wait === 30_000);
    server.break('metadata', undefined);
    clock.advance(30_000);
    await clock.waiting((wait) => wait === 12 * hour);
    expect(keys.known('key-1')).toBeDefined();
    keys.stop();
  });

  it('are fetched for an id that is not known, at most every five minutes', async () => {
    await found('key-1');
    server.publish(one, two);
    expect(await found('key-2')).toBe('unknown');
    clock.advance(5 * 60 * 1000 - 1);
    expect(await found('key-2')).toBe('unknown');
    expect(fetches()).toBe(1);
    clock.advance(1);
    expect(await found('key-2')).toBe('key');
    for (let number = 0; number < 50; number += 1) expect(await found(`made-up-${number}`)).toBe('unknown');
    expect(fetches()).toBe(2);
  });

  it('are fetched anew after twelve hours, without anybody waiting for it', async () => {
    await found('key-1');
    clock.advance(12 * hour - 1);
    await found('key-1');
    expect(calls).toBe(2);
    clock.advance(1);
    server.publish(two);
    expect(await found('key-1')).toBe('key');
    expect(calls).toBe(3);
    await server.arrived(4);
  });

  it('are no longer good when Microsoft has withdrawn them', async () => {
    await found('key-1');
    server.publish(two);
    clock.advance(24 * hour);
    expect(await found('key-1')).toBe('unknown');
    expect(await found('key-2')).toBe('key');
  });
});

describe('Rule 8: keys that cannot be had', () => {
  const faults: readonly [string, 'metadata' | 'keys', KeyServerFault, string][] = [
    ['metadata answered with 500', 'metadata', { kind: 'status', status: 500 }, 'status'],
    ['metadata answered with 503', 'metadata', { kind: 'status', status: 503 }, 'status'],
    ['metadata answered with 404', 'metadata', { kind: 'status', status: 404 }, 'status'],
    ['keys answered with 500', 'keys', { kind: 'status', status: 500 }, 'status'],
    ['a lost connection', 'metadata', { kind: 'reset' }, 'network'],
    ['a lost connection to the keys', 'keys', { kind: 'reset' }, 'network'],
    ['a redirect', 'metadata', { kind: 'moved' }, 'network'],
    ['a redirect of the keys', 'keys', { kind: 'moved' }, 'network'],
    ['metadata that is no JSON', 'metadata', { kind: 'body', body: '<html>' }, 'malformed'],
    ['metadata that names no keys', 'metadata', { kind: 'body', body: '{}' }, 'malformed'],
    [
      'metadata that names keys elsewhere without https',
      'metadata',
      { kind: 'body', body: '{"jwks_uri":"http://evil.example/keys"}' },
      'malformed',
    ],
    ['metadata that names a file', 'metadata', { kind: 'body', body: '{"jwks_uri":"file:///keys"}' }, 'malformed'],
    ['keys that are no keys', 'keys', { kind: 'body', body: '{"keys":[]}' }, 'malformed'],
  ];

  it.each(faults)('are unavailable after %s, with a line in the log', async (_, part, fault, why) => {
    server.break(part, fault);
    expect(await found('key-1')).toBe('unavailable');
    expect(logged).toEqual([{ level: 'error', event: 'signing-keys-unavailable', why }]);
  });

  it.each<['metadata' | 'keys', KeyServerFault, number]>([
    ['metadata', { kind: 'silence' }, 1],
    ['metadata', { kind: 'half-an-answer' }, 1],
    ['keys', { kind: 'silence' }, 2],
    ['keys', { kind: 'half-an-answer' }, 2],
  ])('are unavailable after five seconds where %s has %j', async (part, fault, asked) => {
    server.break(part, fault);
    const answer = found('key-1');
    await server.arrived(asked);
    clock.advance(5000);
    expect(await answer).toBe('unavailable');
    expect(logged).toEqual([{ level: 'error', event: 'signing-keys-unavailable', why: 'timeout' }]);
  });

  it('are not asked for again within three seconds, however many ask, and then they are', async () => {
    server.break('metadata', { kind: 'status', status: 500 });
    await found('key-1');
    for (let number = 0; number < 20; number += 1) expect(await found('key-1')).toBe('unavailable');
    expect(fetches()).toBe(1);
    server.break('metadata', undefined);
    clock.advance(3000);
    expect(await found('key-1')).toBe('key');
  });

  it('go on being good for 24 hours in all, and then not for a moment', async () => {
    await found('key-1');
    server.break('metadata', { kind: 'reset' });
    clock.advance(24 * hour - 1);
    expect(await found('key-1')).toBe('key');
    expect(await found('key-2')).toBe('unavailable');
    clock.advance(4000);
    expect(await found('key-1')).toBe('unavailable');
  });
});

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
  return {
    asked,
    fetch: (url = metadataUrl) => fetchSigningKeys(url, { fetch: get, clock: networkClock, milliseconds: 5000 }),
  };
}
const networkClock = createHandClock();
const pointing = (to: unknown) => () => Response.json({ jwks_uri: to });
const servedKeys = () => Response.json({ keys: [jwk] });

describe('fetching the signing keys (Rule 8)', () => {
  it('reads the metadata, then the keys it points at, as JSON and following no redirect', async () => {
    const network = createNetwork({ [metadataUrl]: pointing(keysUrl), [keysUrl]: servedKeys });
    const fetched = await network.fetch();
    expect(fetched.kind === 'keys' && [...fetched.keys.keys()]).toEqual(['key-1']);
    expect(network.asked).toEqual([
      { url: metadataUrl, redirect: 'error', accept: 'application/json' },
      { url: keysUrl, redirect: 'error', accept: 'application/json' },
    ]);
    expect(networkClock.waits).toEqual([]);
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
    const network = createNetwork({ [local]: pointing(beside), [beside]: servedKeys });
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
    const outcome = fetchSigningKeys(metadataUrl, {
      fetch: silence,
      clock: networkClock,
      milliseconds: 5000,
    });
    networkClock.advance(5000);
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

const { jwk: endorsedJwk } = createSigningPair('key-1', ['msteams', 'skype']);
const short = createSigningPair('short', ['msteams'], { modulusLength: 1024 });

const createJwk = () => structuredClone(endorsedJwk);

describe('a set of keys', () => {
  it('is read by the ids of its RSA keys, with what they are endorsed for', () => {
    const keys = readSigningKeys({
      keys: [endorsedJwk, { ...endorsedJwk, kid: 'key-2', endorsements: undefined }],
    });
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
    const keys = readSigningKeys({
      keys: [...named, { ...endorsedJwk, kid: 'mixed', endorsements: ['skype', 5, null] }],
    });
    expect([...(keys ?? [])].map(([, { endorsements }]) => endorsements)).toEqual([[], [], [], ['skype']]);
  });

  it.each([
    ['another kind', { ...endorsedJwk, kty: 'EC' }],
    ['a secret', { kty: 'oct', kid: 'key-1', k: 'c2VjcmV0' }],
    ['no id', { ...endorsedJwk, kid: undefined }],
    ['no modulus', { ...endorsedJwk, n: undefined }],
    ['a modulus that is none', { ...endorsedJwk, n: 'AA' }],
    ['no exponent', { ...endorsedJwk, e: undefined }],
    ['1,024 bits', short.jwk],
    ['nothing', null],
    ['a text', 'key'],
  ])('passes over a key of %s', (_, entry) => {
    expect([...(readSigningKeys({ keys: [entry, { ...endorsedJwk, kid: 'good' }] }) ?? new Map()).keys()]).toEqual([
      'good',
    ]);
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
