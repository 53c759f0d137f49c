import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { LogEvent } from '../../../src/log.ts';
import { createSigningKeys } from '../../../src/teams/gate/create-signing-keys.ts';
import type { HandClock } from '../../support/hand-clock.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import type { KeyServer, KeyServerFault } from '../../support/key-server.ts';
import { startKeyServer } from '../../support/key-server.ts';
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
