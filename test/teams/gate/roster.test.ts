import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/base/ids.ts';
import type { Conversation } from '../../../src/reset/identity.ts';
import type { Member } from '../../../src/teams/connector/connector.ts';
import { ConnectorError } from '../../../src/teams/connector/retries.ts';
import { checkMember, createRoster, isOutsider } from '../../../src/teams/gate/roster.ts';
import { createHandClock } from '../../support/hand-clock.ts';

const chat: Conversation = {
  id: 'a:chat',
  kind: 'personal',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  channelId: 'msteams',
  tenantId: asId<TenantId>('11111111-2222-4333-8444-555555555555'),
  botId: '28:bot',
};
const robin: Member = {
  name: 'Robin',
  userPrincipalName: 'robin@partner.example',
  objectId: 'o',
  tenantId: 't',
  role: 'user',
};

function start(answer: () => Promise<Member>) {
  const clock = createHandClock();
  const asked: string[] = [];
  const roster = createRoster({
    member: (conversation, id) => {
      asked.push(`${conversation.id} ${id}`);
      return answer();
    },
    clock,
  });
  return { clock, asked, roster };
}

describe('the roster', () => {
  it('remembers somebody for a minute', async () => {
    const { clock, asked, roster } = start(() => Promise.resolve(robin));
    expect(await roster.find(chat, '29:1a')).toEqual({ kind: 'member', member: robin });
    clock.advance(59_999);
    expect(await roster.find(chat, '29:1a')).toEqual({ kind: 'member', member: robin });
    expect(asked).toHaveLength(1);
    clock.advance(1);
    await roster.find(chat, '29:1a');
    expect(asked).toHaveLength(2);
  });

  it('is asked anew for another person, chat, tenant and service address', async () => {
    const { asked, roster } = start(() => Promise.resolve(robin));
    await roster.find(chat, '29:1a');
    await roster.find(chat, '29:1b');
    await roster.find({ ...chat, id: 'a:other' }, '29:1a');
    await roster.find({ ...chat, tenantId: asId<TenantId>('t2') }, '29:1a');
    await roster.find({ ...chat, serviceUrl: 'https://smba.trafficmanager.net/amer/' }, '29:1a');
    expect(asked).toHaveLength(5);
  });

  it('remembers ten thousand people, and forgets who was looked up longest ago', async () => {
    const { asked, roster } = start(() => Promise.resolve(robin));
    for (let number = 0; number < 10_000; number += 1) await roster.find(chat, `29:${number}`);
    await roster.find(chat, '29:0');
    expect(asked).toHaveLength(10_000);
    await roster.find(chat, '29:10000');
    await roster.find(chat, '29:1');
    await roster.find(chat, '29:10000');
    expect(asked).toHaveLength(10_001);
    await roster.find(chat, '29:0');
    expect(asked).toHaveLength(10_002);
  });

  it('puts somebody who was looked up again behind those of whom it knows longer', async () => {
    const { clock, asked, roster } = start(() => Promise.resolve(robin));
    await roster.find(chat, '29:0');
    clock.advance(60_000);
    for (let number = 1; number < 10_000; number += 1) await roster.find(chat, `29:${number}`);
    await roster.find(chat, '29:0');
    await roster.find(chat, '29:10000');
    expect(asked).toHaveLength(10_002);
    await roster.find(chat, '29:0');
    expect(asked).toHaveLength(10_002);
  });

  it('is asked once by those who ask at once', async () => {
    const { asked, roster } = start(() => Promise.resolve(robin));
    const all = await Promise.all(Array.from({ length: 20 }, () => roster.find(chat, '29:1a')));
    expect(all).toEqual(Array.from({ length: 20 }, () => ({ kind: 'member', member: robin })));
    expect(asked).toHaveLength(1);
  });

  it('knows nobody where the service says so, and asks again the next time', async () => {
    const { asked, roster } = start(() => Promise.reject(new ConnectorError('gone', 404)));
    expect(await roster.find(chat, '29:1a')).toEqual({ kind: 'nobody' });
    expect(await roster.find(chat, '29:1a')).toEqual({ kind: 'nobody' });
    expect(asked).toHaveLength(2);
  });

  it.each(['unavailable', 'throttled', 'refused', 'unauthorised', 'blocked', 'timeout'] as const)(
    'is silent where the connector is %s, and is asked again the next time',
    async (code) => {
      const { asked, roster } = start(() => Promise.reject(new ConnectorError(code, undefined)));
      expect(await roster.find(chat, '29:1a')).toEqual({ kind: 'silent' });
      await roster.find(chat, '29:1a');
      expect(asked).toHaveLength(2);
    },
  );

  it('is silent where something else is thrown', async () => {
    const { roster } = start(() => Promise.reject(new TypeError('CANARY')));
    expect(await roster.find(chat, '29:1a')).toEqual({ kind: 'silent' });
  });

  it('is waited for three seconds and no longer', async () => {
    const { clock, roster } = start(() => new Promise(() => undefined));
    const answer = roster.find(chat, '29:1a');
    await clock.waiting((wait) => wait === 3000);
    clock.advance(3000);
    expect(await answer).toEqual({ kind: 'silent' });
  });
});

const sender = {
  objectId: asId<ObjectId>('0a1b2c3d-0000-4000-8000-00000000000a'),
  tenantId: asId<TenantId>('11111111-2222-4333-8444-555555555555'),
};
const member = {
  name: 'Robin Tech',
  userPrincipalName: 'robin@partner.example',
  objectId: '0A1B2C3D-0000-4000-8000-00000000000A',
  tenantId: '11111111-2222-4333-8444-555555555555',
  role: 'user',
};

describe('Rule 15: the sender in the roster', () => {
  it('belongs where Entra id and tenant are those of the activity, in any spelling', () => {
    expect(checkMember(member, sender)).toBeUndefined();
    expect(checkMember({ ...member, role: undefined, name: undefined }, sender)).toBeUndefined();
    const lettered = 'aaaaaaaa-2222-4333-8444-555555555555';
    const upper = asId<TenantId>(lettered.toUpperCase());
    expect(checkMember({ ...member, tenantId: lettered }, { ...sender, tenantId: upper })).toBeUndefined();
    expect(
      checkMember({ ...member, tenantId: upper }, { ...sender, tenantId: asId<TenantId>(lettered) }),
    ).toBeUndefined();
  });

  it.each([
    ['another person', { objectId: '0a1b2c3d-0000-4000-8000-00000000000b' }],
    ['nobody by an Entra id', { objectId: undefined }],
    ['somebody of another tenant', { tenantId: '11111111-2222-4333-8444-000000000000' }],
    ['somebody of no tenant', { tenantId: undefined }],
    ['somebody without an address', { userPrincipalName: undefined }],
  ])('does not belong where the roster tells of %s', (_, changes) => {
    expect(checkMember({ ...member, ...changes }, sender)).toBe('not-a-member');
  });
});

describe('Rule 16: guests', () => {
  it.each([
    ['an address of a guest', { userPrincipalName: 'robin_other.example#EXT#@partner.onmicrosoft.com' }],
    ['the same in small letters', { userPrincipalName: 'robin_other.example#ext#@partner.onmicrosoft.com' }],
    ['the role of a guest', { role: 'guest' }],
    ['the role in other letters', { role: 'Guest' }],
    ['nobody with an account', { role: 'anonymous' }],
  ])('are known by %s', (_, changes) => {
    expect(checkMember({ ...member, ...changes }, sender)).toBe('guest');
  });
});

describe('an outsider in a chat', () => {
  it.each([
    ['has an address of a guest', { userPrincipalName: 'robin_other.example#EXT#@partner.onmicrosoft.com' }],
    ['has such an address in small letters', { userPrincipalName: 'robin_other.example#ext#@p.example' }],
    ['has the role of a guest', { role: 'Guest' }],
    ['has no account', { role: 'anonymous' }],
    ['is of another tenant', { tenantId: '11111111-2222-4333-8444-000000000000' }],
  ])('%s', (_, changes) => {
    expect(isOutsider({ ...member, ...changes }, sender)).toBe(true);
  });

  it.each([
    ['of the same tenant', {}],
    ['of the same tenant in capital letters', { tenantId: 'AAAAAAAA-2222-4333-8444-555555555555' }],
    ['of whom the roster tells nothing', { tenantId: undefined, userPrincipalName: undefined, role: undefined }],
  ])('is not somebody %s', (_, changes) => {
    const tenantId = asId<TenantId>('aaaaaaaa-2222-4333-8444-555555555555');
    expect(isOutsider({ ...member, tenantId, ...changes }, { tenantId })).toBe(false);
    expect(isOutsider({ ...member, tenantId, ...changes }, { tenantId: asId<TenantId>(tenantId.toUpperCase()) })).toBe(
      false,
    );
  });
});
