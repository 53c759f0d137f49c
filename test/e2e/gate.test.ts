import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { teamsPress } from '../support/teams-activity.ts';
import type { KeyServerFault } from '../support/key-server.ts';
import {
  appId,
  robin,
  robinSays,
  serviceUrl,
  startGuardedBot,
  tenantId,
  type GuardedBot,
} from '../support/start-guarded-bot.ts';
import { createSigningPair, goodClaims, signToken } from '../support/token-maker.ts';

const pair = createSigningPair('key-1');
const stranger = createSigningPair('key-1', ['msteams'], { owner: 'a stranger' });
const foreignTenant = '99999999-2222-4333-8444-555555555555';
const elsewhere = 'https://smba.trafficmanager.net/amer/';

let bot: GuardedBot;

beforeEach(async () => {
  bot = await startGuardedBot({ pair });
});
afterEach(() => bot.stop());

/** The rules that refused, in order. */
const rules = () => bot.logged.filter(({ event }) => event === 'not-let-in').map(({ rule }) => rule);
const rosterCalls = () => bot.connector.received.filter(({ call }) => call === 'member').length;

describe('somebody who may come in', () => {
  it('comes in, and the roster tells their address', async () => {
    expect(await bot.post(robinSays())).toEqual({ status: 200, body: '' });
    expect(bot.turns).toMatchObject([
      {
        kind: 'message',
        technician: { objectId: robin.aadObjectId, tenantId, userPrincipalName: 'robin@partner.example' },
      },
    ]);
    expect(bot.logged).toEqual([]);
  });

  it('comes in with the tenant named in one place alone', async () => {
    const { conversation } = robinSays();
    expect(await bot.post(robinSays({ channelData: undefined }))).toMatchObject({ status: 200 });
    expect(await bot.post(robinSays({ conversation: { ...Object(conversation), tenantId: undefined } }))).toMatchObject(
      {
        status: 200,
      },
    );
    expect(bot.turns).toHaveLength(2);
  });

  it('comes in again with the same token and the same body: what was done already, the store knows', async () => {
    const authorization = `Bearer ${bot.token()}`;
    await bot.post(robinSays(), authorization);
    expect(await bot.post(robinSays(), authorization)).toMatchObject({ status: 200 });
    expect(bot.turns).toHaveLength(2);
    expect(bot.turns[0]).toEqual(bot.turns[1]);
  });

  it('comes in with a token that ran out four minutes ago', async () => {
    const authorization = `Bearer ${bot.token()}`;
    bot.clock.advance((3600 + 4 * 60) * 1000);
    expect(await bot.post(robinSays(), authorization)).toMatchObject({ status: 200 });
  });

  it('is answered when pressing', async () => {
    expect((await bot.post(teamsPress({}, { serviceUrl }))).status).toBe(200);
    expect(bot.turns).toMatchObject([{ kind: 'press' }]);
  });
});

describe('a token that is not good', () => {
  const claims = (changes: Readonly<Record<string, unknown>> = {}) =>
    goodClaims({ appId, serviceUrl, now: bot.clock.now() }, changes);
  const rows: readonly [string, string, () => string | null, Readonly<Record<string, unknown>>?][] = [
    ['Rule 2: no header', 'token-form', () => null],
    ['Rule 2: an empty header', 'token-form', () => ''],
    ['Rule 2: nonsense', 'token-form', () => 'Bearer CANARY'],
    ['Rule 2: another scheme', 'token-form', () => `Basic ${bot.token()}`],
    ['Rule 2: HS256 with the public key', 'token-form', () => `Bearer ${bot.token({}, { alg: 'HS256' })}`],
    ['Rule 2: no signature', 'token-form', () => `Bearer ${bot.token({}, { alg: 'none' })}`],
    ['Rule 3: another channel', 'channel', () => `Bearer ${bot.token()}`, { channelId: 'webchat' }],
    ['Rule 3: the emulator', 'channel', () => `Bearer ${bot.token()}`, { channelId: 'emulator' }],
    ['Rule 3: no channel', 'channel', () => `Bearer ${bot.token()}`, { channelId: undefined }],
    ['Rule 3: the channel in other letters', 'channel', () => `Bearer ${bot.token()}`, { channelId: 'MSTeams' }],
    ['Rule 3: a list of channels', 'channel', () => `Bearer ${bot.token()}`, { channelId: ['msteams'] }],
    ['Rule 4: no service address in the body', 'service-address', () => `Bearer ${bot.token()}`, { serviceUrl: '' }],
    [
      'Rule 4: a service address that is no text',
      'service-address',
      () => `Bearer ${bot.token()}`,
      { serviceUrl: [serviceUrl] },
    ],
    ['Rule 5: another audience', 'token-claims', () => `Bearer ${bot.token({ aud: foreignTenant })}`],
    ['Rule 5: a list of audiences', 'token-claims', () => `Bearer ${bot.token({ aud: [appId] })}`],
    ['Rule 5: another issuer', 'token-claims', () => `Bearer ${bot.token({ iss: 'https://evil.example' })}`],
    [
      'Rule 5: the issuer of the emulator',
      'token-claims',
      () =>
        `Bearer ${bot.token({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0', appid: appId })}`,
    ],
    [
      'Rule 5: the issuer of skills',
      'token-claims',
      () => `Bearer ${bot.token({ iss: `https://sts.windows.net/${tenantId}/`, ver: '1.0', appid: foreignTenant })}`,
    ],
    [
      'Rule 5: over for an hour',
      'token-claims',
      () => `Bearer ${bot.token({ exp: Math.floor(bot.clock.now() / 1000) - 3600 })}`,
    ],
    [
      'Rule 5: not begun for an hour',
      'token-claims',
      () => `Bearer ${bot.token({ nbf: Math.floor(bot.clock.now() / 1000) + 3600 })}`,
    ],
    ['Rule 5: without an end', 'token-claims', () => `Bearer ${bot.token({ exp: undefined })}`],
    ['Rule 6: without a service address', 'token-address', () => `Bearer ${bot.token({ serviceurl: undefined })}`],
    ['Rule 6: with an empty one', 'token-address', () => `Bearer ${bot.token({ serviceurl: '' })}`],
    ['Rule 6: for another service address', 'token-address', () => `Bearer ${bot.token({ serviceurl: elsewhere })}`],
    ['Rule 7: by a key nobody knows', 'signing-key', () => `Bearer ${signToken(createSigningPair('key-2'), claims())}`],
    ['Rule 9: by another key of the same name', 'signature', () => `Bearer ${signToken(stranger, claims())}`],
    [
      'Rule 9: with claims of another token',
      'signature',
      () => {
        const [head = '', , signature = ''] = bot.token().split('.');
        const [, body = ''] = bot.token({ exp: 9_999_999_999 }).split('.');
        return `Bearer ${head}.${body}.${signature}`;
      },
    ],
  ];

  it.each(rows)('is a 401 without a turn, a look-up or a word: %s', async (_, rule, authorization, changes = {}) => {
    expect(await bot.post(robinSays(changes), authorization())).toEqual({ status: 401, body: '' });
    expect(rules()).toEqual([rule]);
    expect([bot.turns, bot.said, bot.connector.received]).toEqual([[], [], []]);
    expect(bot.logged.flatMap((line) => Object.keys(line))).not.toContain('person');
    if (!['signing-key', 'signature'].includes(rule)) expect(bot.keys.asked).toEqual([]);
  });

  it.each([
    ['another channel', ['webchat']],
    ['channels that are like it', ['msteams2', 'MSTEAMS', 'msteam']],
    ['none', []],
    ['nothing, as older keys were', null],
  ])('is a 401 where its key is endorsed for %s (Rule 7)', async (_, endorsements) => {
    const unendorsed = createSigningPair('key-1', endorsements);
    bot.keys.publish(unendorsed);
    expect(await bot.post(robinSays(), `Bearer ${signToken(unendorsed, claims())}`)).toEqual({ status: 401, body: '' });
    expect(rules()).toEqual(['signing-key']);
    expect(bot.turns).toEqual([]);
  });

  it('is a 401 for an invoke too, and for an activity that would be passed over', async () => {
    expect((await bot.post(teamsPress({}, { serviceUrl }), null)).status).toBe(401);
    expect((await bot.post(robinSays({ type: 'typing' }), null)).status).toBe(401);
    expect((await bot.post({}, null)).status).toBe(401);
    expect(bot.turns).toEqual([]);
  });
});

describe('Rule 8: keys that Microsoft does not give', () => {
  it.each<[string, KeyServerFault]>([
    ['a 500', { kind: 'status', status: 500 }],
    ['a lost connection', { kind: 'reset' }],
    ['nonsense', { kind: 'body', body: 'nonsense' }],
  ])('let nobody in after %s: 503, a line in the log, and on with it when they are there', async (_, fault) => {
    bot.keys.break('metadata', fault);
    expect(await bot.post(robinSays())).toEqual({ status: 503, body: '' });
    expect(bot.logged.map(({ event }) => event)).toEqual(['signing-keys-unavailable', 'not-let-in']);
    expect(bot.turns).toEqual([]);
    bot.keys.break('metadata', undefined);
    bot.clock.advance(3000);
    expect((await bot.post(robinSays())).status).toBe(200);
  });

  it('let nobody in after five seconds of silence, one fetch for all who wait', async () => {
    bot.keys.break('keys', { kind: 'silence' });
    const answers = Promise.all(Array.from({ length: 10 }, () => bot.post(robinSays())));
    await bot.keys.arrived(2);
    while (bot.clock.waits.filter((wait) => wait === 5000).length === 0)
      await bot.clock.waiting((wait) => wait === 5000);
    bot.clock.advance(5000);
    expect((await answers).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 503));
    expect(bot.keys.asked).toHaveLength(2);
    expect(bot.turns).toEqual([]);
  });

  it('turn away what is wrong by itself with a 401 all the same', async () => {
    bot.keys.break('metadata', { kind: 'reset' });
    expect((await bot.post(robinSays(), `Bearer ${bot.token({ aud: 'other' })}`)).status).toBe(401);
  });
});

describe('somebody who may not come in, with a good token', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['no tenant', { channelData: undefined, conversation: { id: 'a:chat', conversationType: 'personal' } }],
    ['another tenant in the channel data', { channelData: { tenant: { id: foreignTenant } } }],
    [
      'another tenant in the conversation',
      { conversation: { id: 'a:chat', conversationType: 'personal', tenantId: foreignTenant } },
    ],
    ['a tenant that is no GUID', { channelData: { tenant: { id: 'partner' } } }],
    ['a sender without an Entra id', { from: { id: '29:1a', name: 'Robin' } }],
    ['a sender whose Entra id is no GUID', { from: { id: '29:1a', aadObjectId: 'robin@partner.example' } }],
    ['a sender whose Entra id is a list', { from: { id: '29:1a', aadObjectId: [robin.aadObjectId] } }],
    ['no sender', { from: undefined }],
    ['a text that is none', { text: 5 }],
  ])('is a 400 with %s (Rule 10)', async (_, changes) => {
    expect((await bot.post(robinSays(changes))).status).toBe(400);
    expect(rules()).toEqual(['activity']);
    expect([bot.turns, bot.said, bot.connector.received]).toEqual([[], [], []]);
  });

  it('is a 403 from a tenant that is not on the list, and nobody is asked or told (Rule 11)', async () => {
    const foreign = {
      channelData: { tenant: { id: foreignTenant } },
      conversation: { id: 'a:chat', conversationType: 'personal', tenantId: foreignTenant },
    };
    expect(await bot.post(robinSays(foreign))).toEqual({ status: 403, body: '' });
    expect(bot.logged).toEqual([
      { level: 'warn', event: 'not-let-in', rule: 'tenant', tenant: foreignTenant, person: robin.aadObjectId },
    ]);
    expect((await bot.post(teamsPress({}, { serviceUrl, ...foreign }))).status).toBe(403);
    expect([bot.turns, bot.said, bot.connector.received]).toEqual([[], [], []]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['with the address of a guest', { userPrincipalName: 'robin_other.example#EXT#@partner.onmicrosoft.com' }],
    ['with the role of a guest', { userRole: 'guest' }],
  ])('is told so as a guest %s (Rule 16)', async (_, changes) => {
    bot.connector.addMember({ ...robin, ...changes });
    expect((await bot.post(robinSays())).status).toBe(200);
    expect(bot.said).toEqual([expect.stringContaining('Guests')]);
    const press = await bot.post(teamsPress({}, { serviceUrl }));
    expect([press.status, press.body]).toEqual([200, expect.stringContaining('Guests')]);
    expect(rules()).toEqual(['guest', 'guest']);
    expect(bot.turns).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['knows under another Entra id', { aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000b' }],
    ['knows under another tenant', { tenantId: foreignTenant }],
  ])('is told so where the roster %s (Rule 15)', async (_, changes) => {
    bot.connector.addMember({ ...robin, ...changes });
    expect((await bot.post(robinSays())).status).toBe(200);
    expect(rules()).toEqual(['not-a-member']);
    expect([bot.turns, bot.said.length]).toEqual([[], 1]);
  });

  it('is told so where the roster does not know them (Rule 15)', async () => {
    await bot.post(robinSays({ from: { id: '29:unknown', aadObjectId: robin.aadObjectId } }));
    expect(rules()).toEqual(['not-a-member']);
    expect(bot.turns).toEqual([]);
  });
});

describe('Rule 14: a roster that does not answer', () => {
  it.each([500, 502, 401, 429])('keeps everybody out, in a sentence: %i', async (status) => {
    bot.connector.fail('member', { kind: 'status', status });
    expect((await bot.post(robinSays())).status).toBe(200);
    expect(bot.said).toEqual([expect.stringContaining('who you are')]);
    expect(bot.turns).toEqual([]);
    expect((await bot.post(robinSays())).status).toBe(200);
    expect(bot.turns).toHaveLength(1);
  });

  it('keeps everybody out after three seconds of silence, and a press is answered in its own answer', async () => {
    bot.connector.fail('member', { kind: 'silence' });
    const press = bot.post(teamsPress({}, { serviceUrl }));
    await bot.connector.arrived(1);
    bot.clock.advance(3000);
    expect((await press).body).toContain('who you are');
    expect([bot.turns, bot.said]).toEqual([[], []]);
  });

  it('lets the news of an installation be sent again', async () => {
    bot.connector.fail('member', { kind: 'reset' });
    expect((await bot.post(robinSays({ type: 'installationUpdate', action: 'add' }))).status).toBe(503);
    expect([bot.turns, bot.said]).toEqual([[], []]);
  });

  it('is asked once in a minute for one person in one chat', async () => {
    for (let time = 0; time < 5; time += 1) await bot.post(robinSays());
    expect(rosterCalls()).toBe(1);
    bot.clock.advance(60_000);
    await bot.post(robinSays());
    expect(rosterCalls()).toBe(2);
  });
});

describe('limits', () => {
  const limited = async (limits: Parameters<typeof startGuardedBot>[0]) => {
    await bot.stop();
    bot = await startGuardedBot({ ...limits, pair });
  };

  it('hold for one person, whatever they send, and for nobody else (Rule 12)', async () => {
    await limited({ limits: { perSender: { burst: 3, perSecond: 1 } } });
    const sam = { id: '29:2b', aadObjectId: '0a1b2c3d-0000-4000-8000-00000000000b', name: 'Sam' };
    bot.connector.addMember({ ...robin, ...sam });
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await bot.post(robinSays())).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const press = await bot.post(teamsPress({}, { serviceUrl }));
    expect([press.status, press.body]).toEqual([200, expect.stringContaining('a lot at once')]);
    expect(bot.said).toEqual([]);
    expect((await bot.post(robinSays({ from: sam }))).status).toBe(200);
    bot.clock.advance(1000);
    expect((await bot.post(robinSays())).status).toBe(200);
    expect(bot.turns).toHaveLength(5);
    expect(new Set(rules())).toEqual(new Set(['sender-limit']));
  });

  it('hold for all together (Rule 13)', async () => {
    await limited({ limits: { overall: { burst: 2, perSecond: 1 } } });
    const statuses: number[] = [];
    for (let time = 0; time < 3; time += 1) statuses.push((await bot.post(robinSays())).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(rules()).toEqual(['overall-limit']);
  });

  it('cut an address short that sends what is not authentic, before its body is read (Rule 1)', async () => {
    await limited({ limits: { perAddress: { burst: 3, perSecond: 1 } } });
    for (let time = 0; time < 10; time += 1) expect((await bot.post(robinSays())).status).toBe(200);
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await bot.post(robinSays(), null)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect(rules()).toHaveLength(3);
    expect(rules()).toHaveLength(3);
    bot.clock.advance(1000);
    expect((await bot.post(robinSays(), null)).status).toBe(401);
  });

  it('let through what Bot Framework signed, whatever else comes from the same address (Rule 1)', async () => {
    await limited({ limits: { perAddress: { burst: 3, perSecond: 0 } } });
    expect((await bot.post(robinSays())).status).toBe(200);
    for (let time = 0; time < 10; time += 1) await bot.post(robinSays(), null);
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await bot.post(robinSays())).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    expect((await bot.post(robinSays(), null)).status).toBe(429);
  });

  it.each([
    [
      'that somebody else signed',
      () => `Bearer ${signToken(stranger, goodClaims({ appId, serviceUrl, now: bot.clock.now() }))}`,
    ],
    ['that has ended', () => `Bearer ${bot.token({ exp: Math.floor(bot.clock.now() / 1000) - 3600 })}`],
    ['for another bot', () => `Bearer ${bot.token({ aud: 'b0000000-0000-4000-8000-000000000002' })}`],
    ['that names no address', () => `Bearer ${bot.token({ serviceurl: undefined })}`],
    ['by a key that is not known', () => `Bearer ${bot.token({}, { kid: 'key-2' })}`],
  ])('take a token %s for none (Rule 1)', async (_what, token) => {
    await limited({ limits: { perAddress: { burst: 3, perSecond: 0 } } });
    expect((await bot.post(robinSays())).status).toBe(200);
    for (let time = 0; time < 3; time += 1) await bot.post(robinSays(), null);
    expect((await bot.post(robinSays(), token())).status).toBe(429);
  });

  it('count a body that cannot be read as not authentic (Rule 1)', async () => {
    await limited({ limits: { perAddress: { burst: 2, perSecond: 1 } } });
    const post = () => fetch(`${bot.url}/api/messages`, { method: 'POST', body: 'nonsense' });
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([415, 415, 429]);
  });
});
