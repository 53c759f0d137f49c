import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { playgroundConfig } from '../../../src/sandbox/playground-config.ts';
import { readActivity } from '../../../src/teams/activity/incoming-activity.ts';
import { teamsActivity, teamsPress } from '../../support/teams-activity.ts';

const production = { sandbox: false };
const sandbox = { sandbox: true };
const tenant = '11111111-2222-4333-8444-555555555555';

describe('reading an activity', () => {
  it('reads a message: who, where, what', () => {
    expect(readActivity(teamsActivity(), production)).toEqual({
      kind: 'message',
      text: 'reset password for Jane Doe at Contoso',
      botMentions: [],
      editedAt: undefined,
      activityId: '1700000000001',
      technician: {
        objectId: '0a1b2c3d-0000-4000-8000-00000000000a',
        tenantId: tenant,
        teamsUserId: '29:1a',
        name: 'Robin Tech',
        userPrincipalName: undefined,
      },
      conversation: {
        id: 'a:chat',
        kind: 'personal',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        channelId: 'msteams',
        tenantId: tenant,
        botId: '28:bot',
      },
    });
  });

  it('takes only mentions of the bot itself for mentions of the bot', () => {
    const entities = [
      { type: 'mention', text: '<at>Locksmith</at>', mentioned: { id: '28:bot', name: 'Locksmith' } },
      { type: 'mention', text: '<at>Jane</at>', mentioned: { id: '29:jane' } },
      { type: 'mention', text: '<at>Nobody</at>' },
      { type: 'clientInfo' },
      null,
      5,
    ];
    expect(readActivity(teamsActivity({ entities }), production)).toMatchObject({
      botMentions: ['<at>Locksmith</at>', 'Locksmith'],
    });
  });

  it.each([
    ['the name that is mentioned', { id: '28:bot', name: 'Smith & Sons IT' }, { id: '28:bot' }],
    ['the name of the recipient', { id: '28:bot' }, { id: '28:bot', name: 'Smith & Sons IT' }],
  ])('knows a mention of the bot that has no text by %s', (_case, mentioned, recipient) => {
    const entities = [{ type: 'mention', mentioned }];
    const text = '<at>Smith &amp; Sons IT</at> reset password for Jane Doe at Contoso';
    const read = readActivity(teamsActivity({ text, entities, recipient }), production);
    expect(read).toMatchObject({ kind: 'message', botMentions: ['Smith & Sons IT'] });
  });

  it('reads an edit as a message, with the time of the edit', () => {
    const edit = {
      type: 'messageUpdate',
      channelData: { eventType: 'editMessage' },
      timestamp: '2026-11-30T10:00:00Z',
    };
    expect(readActivity(teamsActivity({ ...edit, text: 'reset Jane' }), production)).toMatchObject({
      kind: 'message',
      text: 'reset Jane',
      activityId: '1700000000001',
      editedAt: '2026-11-30T10:00:00Z',
    });
    expect(readActivity(teamsActivity({ ...edit, text: '', value: { a: 1 } }), production).kind).toBe('ignored');
    const undelete = { ...edit, channelData: { eventType: 'undeleteMessage' } };
    expect(readActivity(teamsActivity(undelete), production).kind).toBe('ignored');
  });

  it('keeps the id of the thread in a channel', () => {
    const conversation = { id: '19:x@thread.tacv2;messageid=1', conversationType: 'channel', tenantId: tenant };
    expect(readActivity(teamsActivity({ conversation }), production)).toMatchObject({
      conversation: { id: '19:x@thread.tacv2;messageid=1', kind: 'channel' },
    });
  });

  it('reads a press with its verb, its data as texts, and the message it belongs to', () => {
    const data = { request: 'r1', verification: 'In person', count: 3, yes: true, no: null, deep: { a: 1 } };
    const press = teamsPress({ action: { type: 'Action.Execute', verb: 'confirm', data } });
    expect(readActivity(press, production)).toMatchObject({
      kind: 'press',
      verb: 'confirm',
      inputs: { request: 'r1', verification: 'In person', count: '3', yes: 'true' },
      trigger: 'manual',
      replyToId: '1700000000000',
      activityId: 'f:1',
    });
  });

  it('reads data that a client sent as JSON in a string, and none where it is broken', () => {
    const withData = (data: unknown) => teamsPress({ action: { type: 'Action.Execute', verb: 'v', data } });
    expect(readActivity(withData('{"request":"r1"}'), production)).toMatchObject({ inputs: { request: 'r1' } });
    expect(readActivity(withData('{"request'), production)).toMatchObject({ kind: 'press', inputs: {} });
  });

  it('keeps data within bounds and leaves prototypes alone', () => {
    const many: Record<string, string> = { long: 'x'.repeat(3000), ['k'.repeat(200)]: 'x' };
    for (let number = 0; number < 200; number += 1) many[`k${String(number)}`] = 'v';
    const read = readActivity(teamsPress({ action: { type: 'Action.Execute', verb: 'v', data: many } }), production);
    expect(read.kind === 'press' && Object.keys(read.inputs)).toHaveLength(50);
    const text = '{"__proto__":"x","constructor":"y","request":"r1"}';
    expect(
      readActivity(teamsPress({ action: { type: 'Action.Execute', data: JSON.parse(text) } }), production),
    ).toMatchObject({ verb: '', inputs: { constructor: 'y', request: 'r1' } });
  });

  it('counts any trigger but a manual one as automatic', () => {
    expect(readActivity(teamsPress({ trigger: 'automatic' }), production)).toMatchObject({ trigger: 'automatic' });
    expect(readActivity(teamsPress({ trigger: 7 }), production)).toMatchObject({ trigger: 'automatic' });
    expect(readActivity(teamsPress({ trigger: undefined }), production)).toMatchObject({ trigger: 'manual' });
  });

  it.each([
    ['a number', 5],
    ['null', null],
    ['no action', {}],
    ['an action that is a text', { action: 'x' }],
    ['an old action', { action: { type: 'Action.Submit', data: {} } }],
  ])('finds a press malformed whose value is %s', (_, value) => {
    expect(readActivity(teamsActivity({ type: 'invoke', name: 'adaptiveCard/action', value }), production).kind).toBe(
      'malformed',
    );
  });

  it('reads a message with a value and without text as a submit of an old client', () => {
    const activity = teamsActivity({ text: undefined, value: { request: 'r1' }, replyToId: 'm1' });
    expect(readActivity(activity, production)).toMatchObject({
      kind: 'submit',
      inputs: { request: 'r1' },
      replyToId: 'm1',
    });
  });

  it.each(['..', '.', 'm/1', String.raw`m\1`, 'm?a=b', 'm#1', 'm 1', 'm%2f', ''])(
    'takes no “%s” for the id of the message that was pressed',
    (replyToId) => {
      const activity = teamsActivity({ text: undefined, value: { request: 'r1' }, replyToId });
      expect(readActivity(activity, production)).toMatchObject({ kind: 'submit', replyToId: undefined });
    },
  );

  it.each(['1700000000000', '1:0AbC-d_e', '5f0c8d1e-1111-4222-8333-444455556666', 'f:abc|0000001', 'm.1'])(
    'takes “%s” for one',
    (replyToId) => {
      const activity = teamsActivity({ text: undefined, value: { request: 'r1' }, replyToId });
      expect(readActivity(activity, production)).toMatchObject({ kind: 'submit', replyToId });
    },
  );

  it('counts one of the two activities that tell of an installation', () => {
    const membersAdded = [{ id: '28:bot' }];
    expect(readActivity(teamsActivity({ type: 'installationUpdate', action: 'add' }), production).kind).toBe(
      'installed',
    );
    expect(readActivity(teamsActivity({ type: 'conversationUpdate', membersAdded }), production).kind).toBe('ignored');
    expect(readActivity(teamsActivity({ type: 'installationUpdate', action: 'remove' }), production).kind).toBe(
      'ignored',
    );
  });

  it.each(['messageUpdate', 'messageReaction', 'typing', 'messageDelete', 'event', 'toString', '__proto__'])(
    'ignores %s',
    (type) => {
      expect(readActivity(teamsActivity({ type }), production).kind).toBe('ignored');
    },
  );

  it('ignores other invokes and names them, if they have a name that can be written down', () => {
    expect(readActivity(teamsActivity({ type: 'invoke', name: 'composeExtension/query' }), production)).toEqual({
      kind: 'ignored',
      why: 'an invoke called composeExtension/query',
    });
    expect(readActivity(teamsActivity({ type: 'invoke', name: 'a\nb' }), production)).toEqual({
      kind: 'ignored',
      why: 'an invoke of no known name',
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['no type', { type: undefined }],
    ['a type that is a number', { type: 5 }],
    ['another channel', { channelId: 'directline' }],
    ['no channel', { channelId: undefined }],
    ['a text that is a number', { text: 5 }],
    ['no sender', { from: undefined }],
    ['a sender without Entra id', { from: { id: '29:1a' } }],
    ['a sender whose Entra id is no GUID', { from: { id: '29:1a', aadObjectId: 'jane' } }],
    ['no conversation', { conversation: undefined }],
    ['a conversation of an unknown kind', { conversation: { id: 'a', conversationType: 'meeting', tenantId: tenant } }],
    ['no recipient', { recipient: null }],
    ['no id', { id: undefined }],
    ['no service address', { serviceUrl: '' }],
    ['a foreign service address', { serviceUrl: 'https://evil.trafficmanager.net/' }],
    ['a local service address', { serviceUrl: 'http://127.0.0.1:1/' }],
    ['no tenant', { conversation: { id: 'a', conversationType: 'personal' }, channelData: {} }],
    ['two tenants', { channelData: { tenant: { id: '99999999-2222-4333-8444-555555555555' } } }],
    ['a tenant that is a number', { channelData: { tenant: { id: 5 } } }],
  ])('finds a message malformed that has %s', (_, changes) => {
    expect(readActivity(teamsActivity(changes), production).kind).toBe('malformed');
  });

  it('accepts the tenant in either place, and in another spelling of the same', () => {
    const conversation = { id: 'a', conversationType: 'personal' };
    expect(readActivity(teamsActivity({ conversation }), production).kind).toBe('message');
    expect(readActivity(teamsActivity({ channelData: undefined }), production).kind).toBe('message');
    const upper = { id: 'a', conversationType: 'personal', tenantId: tenant.toUpperCase() };
    expect(readActivity(teamsActivity({ conversation: upper }), production).kind).toBe('message');
  });

  it('asks less of the Playground: ids of any form, and the sender id where the Entra id is missing', () => {
    const activity = teamsActivity({
      channelId: 'emulator',
      serviceUrl: 'http://127.0.0.1:56150/_connector',
      from: { id: 'user-id-0' },
      conversation: { id: 'c1', tenantId: '00000000-0000-0000-0000-0000000000001' },
      channelData: undefined,
    });
    expect(readActivity(activity, sandbox)).toMatchObject({
      kind: 'message',
      technician: { objectId: 'user-id-0', tenantId: '00000000-0000-0000-0000-0000000000001' },
      conversation: { kind: 'personal' },
    });
    expect(readActivity(teamsActivity(), sandbox).kind).toBe('malformed');
  });

  it('answers any value', () => {
    const anything = fc.anything({ withNullPrototype: true, maxDepth: 4 });
    const keys = Object.keys(teamsPress());
    fc.assert(
      fc.property(
        anything,
        fc.dictionary(fc.constantFrom(...keys), anything),
        fc.boolean(),
        (whole, parts, isSandbox) => {
          const options = { sandbox: isSandbox };
          for (const activity of [whole, teamsActivity(parts), teamsPress({}, parts), teamsPress(parts)]) {
            expect(typeof readActivity(activity, options).kind).toBe('string');
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

const { currentUser, tenantId, bot, personalChat, groupChat, team } = playgroundConfig;
const channelId: string = team.channels[0].id;

/** The fixtures are bodies as Agents Playground 0.2.28 sent them. */
describe('what the Agents Playground sends', () => {
  it.each([
    ['installed', 'personal', personalChat.id, { kind: 'installed' }],
    ['installed-in-channel', 'channel', channelId, { kind: 'installed' }],
    ['message', 'personal', personalChat.id, { kind: 'message', text: 'reset password for Jane Doe at Contoso' }],
    [
      'mention-in-group',
      'group-chat',
      groupChat.id,
      { kind: 'message', botMentions: [`<at>${bot.name}</at>`, bot.name] },
    ],
    ['mention-in-channel', 'channel', channelId, { kind: 'message', botMentions: [`<at>${bot.name}</at>`, bot.name] }],
    ['press', 'personal', personalChat.id, { kind: 'press', trigger: 'manual', inputs: { verification: 'In person' } }],
    ['press-in-channel', 'channel', channelId, { kind: 'press', trigger: 'manual', verb: 'reset' }],
  ])('is understood: %s', async (name, kind, chat, expected) => {
    const read = readActivity(await fixture(name), { sandbox: true });
    expect(read).toMatchObject({
      ...expected,
      technician: { objectId: currentUser.aadObjectId, tenantId, teamsUserId: currentUser.id },
      conversation: { kind, botId: bot.id, id: expect.stringContaining(chat) },
    });
  });

  it('is passed over when it tells of an installation a second time', async () => {
    expect(readActivity(await fixture('members-added'), { sandbox: true }).kind).toBe('ignored');
  });
});

async function fixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`fixtures/playground-${name}.json`, import.meta.url), 'utf8'));
}
