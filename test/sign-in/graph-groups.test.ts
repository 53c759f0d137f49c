import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type ObjectId } from '../../src/base/ids.ts';
import { createLog } from '../../src/base/log.ts';
import type { Groups } from '../../src/reset/policy/groups.ts';
import { createAppToken } from '../../src/sign-in/app-token.ts';
import { createGraphGroups } from '../../src/sign-in/graph-groups.ts';
import { type FakeGraph, type GraphFault, startFakeGraph } from '../support/fake-graph.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';
import { openSignInWorld, type SignInWorld } from './sign-in-world.ts';

describe('groups of Microsoft Graph', () => {
  const person = asId<ObjectId>('44444444-4444-4444-8444-44444444444a');
  const groups = ['55555555-5555-4555-8555-55555555555a', '66666666-6666-4666-8666-66666666666b'];
  let world: SignInWorld;
  let graph: FakeGraph;
  let clock: HandClock;
  let found: Required<Groups>;
  let lines: string[];
  let good: (token: string) => boolean;

  beforeEach(async () => {
    world = await openSignInWorld();
    good = (token) => world.provider.secrets.includes(token);
    graph = await startFakeGraph((token) => good(token));
    clock = createHandClock(Date.now());
    lines = [];
    const log = createLog({ write: (line) => void lines.push(line), clock, level: 'debug' });
    const { app, provider } = world;
    const means = { app, authority: provider.authority, fetch: provider.fetch, clock };
    const token = createAppToken(means, 'https://graph.microsoft.com');
    found = createGraphGroups({ getToken: token, baseUrl: graph.url, fetch: globalThis.fetch, clock, log });
    graph.put(person, groups);
  });

  afterEach(async () => {
    await graph.close();
    await world.close();
  });

  it('are read with a token of the application alone, which is kept', async () => {
    await expect(found.memberOf(person)).resolves.toEqual(new Set(groups));
    await expect(found.memberOf(person)).resolves.toEqual(new Set(groups));
    expect(world.provider.asked).toEqual([
      expect.objectContaining({
        grant: 'client_credentials',
        scope: expect.stringContaining('graph.microsoft.com/.default'),
      }),
    ]);
    clock.advance(3600_000 - 30_000);
    await found.memberOf(person);
    expect(world.provider.asked).toHaveLength(2);
    expect(lines).toEqual([]);
  });

  describe('the members of one', () => {
    const [group = ''] = groups;
    const others = Array.from({ length: 6 }, (_, at) => `44444444-4444-4444-8444-44444444444${at}`);
    beforeEach(() => {
      for (const one of others) graph.put(one, [group]);
    });

    it('are listed page by page, whoever they are', async () => {
      const members = await found.membersOf(group);
      expect(members).toEqual(new Set(['99999999-9999-4999-8999-999999999999', person, ...others]));
      expect(graph.asked).toEqual(Array.from({ length: 3 }, () => `members of ${group}`));
      expect(lines).toEqual([]);
    });

    it.each<GraphFault>([
      { kind: 'status', status: 403 },
      { kind: 'body', body: '{"value":[{"id":"no id"}]}' },
      { kind: 'body', body: '{"value":[],"@odata.nextLink":"https://elsewhere.example/v1.0/groups"}' },
    ])('are unknown where they cannot be listed: %j', async (fault) => {
      graph.break(fault);
      await expect(found.membersOf(group)).resolves.toBe('unknown');
      expect(lines).toHaveLength(1);
      expect(graph.asked).toHaveLength(1);
    });

    it('are called by a few names, where Graph gives any', async () => {
      const body = {
        value: [{ id: person, displayName: 'Kim Third' }, { id: person, displayName: null }, { id: person }],
      };
      graph.break({ kind: 'body', body: JSON.stringify(body) });
      await expect(found.namesOf(group)).resolves.toEqual(['Kim Third']);
      graph.break({ kind: 'status', status: 403 });
      await expect(found.namesOf(group)).resolves.toEqual([]);
      await expect(found.namesOf('../users')).resolves.toEqual([]);
      expect(graph.asked).toEqual([`members of ${group}`, `members of ${group}`]);
    });

    it('are unknown for what is no object id, and nothing is asked', async () => {
      await expect(found.membersOf('../users')).resolves.toBe('unknown');
      expect(graph.asked).toEqual([]);
    });
  });

  it('are none for somebody in no group', async () => {
    graph.put(person, []);
    await expect(found.memberOf(person)).resolves.toEqual(new Set());
  });

  it('are asked for once more with a fresh token where the first is refused, and then no more', async () => {
    await found.memberOf(person);
    const old = new Set(world.provider.secrets);
    good = (token) => world.provider.secrets.includes(token) && !old.has(token);
    await expect(found.memberOf(person)).resolves.toEqual(new Set(groups));
    expect(graph.asked).toHaveLength(3);
    good = () => false;
    await expect(found.memberOf(person)).resolves.toBe('unknown');
    expect(graph.asked).toHaveLength(5);
  });

  it.each<readonly [string, GraphFault, string]>([
    ['forbids it', { kind: 'status', status: 403 }, 'not-answered'],
    ['is throttled', { kind: 'status', status: 429 }, 'not-answered'],
    ['has a fault', { kind: 'status', status: 503 }, 'not-answered'],
    ['answers with a page', { kind: 'body', body: '<h1>Hello</h1>' }, 'not-reached'],
    ['answers with something else', { kind: 'body', body: '{"value":"all"}' }, 'unreadable'],
    [
      'answers with one page of several',
      { kind: 'body', body: '{"value":[],"@odata.nextLink":"https://elsewhere.example/"}' },
      'unreadable',
    ],
    ['answers with what is no group', { kind: 'body', body: '{"value":["*"]}' }, 'unreadable'],
    ['breaks the connection', { kind: 'reset' }, 'not-reached'],
    ['redirects', { kind: 'moved' }, 'not-reached'],
  ])('are unknown where Graph %s, and the log says so', async (_, fault, why) => {
    graph.break(fault);
    await expect(found.memberOf(person)).resolves.toBe('unknown');
    expect(lines).toEqual([expect.stringContaining(`"why":"${why}"`)]);
    expect(lines.join('')).not.toMatch(/CANARY|eyJ/);
    expect(graph.asked).toHaveLength(1);
  });

  it('are unknown where Graph is silent for ten seconds', async () => {
    graph.break({ kind: 'silence' });
    const waiting = expect(found.memberOf(person)).resolves.toBe('unknown');
    await graph.arrived(1);
    clock.advance(10_000);
    await waiting;
    expect(lines).toEqual([expect.stringContaining('"why":"late"')]);
  });

  it('are unknown where there is no token, or nobody of that id', async () => {
    await expect(found.memberOf(asId<ObjectId>('../../me'))).resolves.toBe('unknown');
    await expect(found.memberOf(asId<ObjectId>(groups[0] ?? ''))).resolves.toBe('unknown');
    clock.advance(3600_000);
    world.provider.break({ kind: 'refuses', error: 'invalid_client', code: 7_000_222 });
    await expect(found.memberOf(person)).resolves.toBe('unknown');
    expect(graph.asked).toHaveLength(1);
    expect(lines).toEqual(
      ['not-an-object-id', 'not-answered', 'no-token'].map((why) => expect.stringContaining(`"why":"${why}"`)),
    );
  });
});
