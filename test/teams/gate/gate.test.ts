import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/base/ids.ts';
import type { LogEvent } from '../../../src/base/log.ts';
import type { Technician } from '../../../src/reset/identity.ts';
import { readActivity } from '../../../src/teams/activity/incoming-activity.ts';
import type { Member } from '../../../src/teams/connector/connector.ts';
import { ConnectorError } from '../../../src/teams/connector/retries.ts';
import type { Admission } from '../../../src/teams/gate/admission.ts';
import { auditRefusals, createGate, createSandboxGate } from '../../../src/teams/gate/gate.ts';
import type { GateLimits } from '../../../src/teams/gate/rate-limits.ts';
import type { RosterEntry } from '../../../src/teams/gate/roster.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { teamsActivity } from '../../support/teams-activity.ts';
import { createSigningPair, goodClaims, signToken } from '../../support/token-maker.ts';

const appId = 'a0000000-0000-4000-8000-000000000001';
const tenantId = 'aaaaaaaa-2222-4333-8444-555555555555';
const foreignTenant = '99999999-2222-4333-8444-555555555555';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const pair = createSigningPair('key-1');
const metadataUrl = 'https://login.botframework.example/metadata';
const keysUrl = 'https://login.botframework.example/keys';

const person = (number: number) => `0a1b2c3d-0000-4000-8000-${String(number).padStart(12, '0')}`;
const inTenant = (tenant: string) => ({
  conversation: { id: 'a:chat', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
});
const says = (number = 1, changes: Readonly<Record<string, unknown>> = {}) =>
  teamsActivity({
    serviceUrl,
    from: { id: `29:${number}`, aadObjectId: person(number), name: 'Robin' },
    ...inTenant(tenantId),
    ...changes,
  });

function build({
  limits,
  member = (id) =>
    Promise.resolve({
      name: 'Robin',
      userPrincipalName: 'robin@partner.example',
      objectId: person(Number(id.slice(3))),
      tenantId,
      role: 'user',
    }),
}: {
  readonly limits?: Pick<GateLimits, 'perSender' | 'overall'>;
  readonly member?: (id: string) => Promise<Member>;
} = {}) {
  const clock = createHandClock();
  const logged: LogEvent[] = [];
  const asked: string[] = [];
  const lookedUp: string[] = [];
  const gate = createGate({
    appId,
    allowedTenants: ['11111111-2222-4333-8444-555555555555', tenantId.toUpperCase()],
    endpoints: { openIdMetadataUrl: metadataUrl, tokenIssuer: 'https://issuer.example' },
    fetch: (input) => {
      const url = input instanceof Request ? input.url : String(input);
      asked.push(url);
      return Promise.resolve(Response.json(url === metadataUrl ? { jwks_uri: keysUrl } : { keys: [pair.jwk] }));
    },
    member: (_, id) => {
      lookedUp.push(id);
      return member(id);
    },
    clock,
    log: (event) => logged.push(event),
    ...(limits && { limits }),
  });
  const claims = goodClaims({ appId, serviceUrl, now: clock.now() }, { iss: 'https://issuer.example' });
  const authorization = `Bearer ${signToken(pair, claims)}`;
  const admit = async (activity: object = says(), header: string | undefined = authorization, decideBy?: number) =>
    gate.admit({ activity, incoming: readActivity(activity, { sandbox: false }), authorization: header, decideBy });
  /** The rule, or that they were let in. */
  const rule = async (activity?: object) => {
    const admission = await admit(activity);
    return admission.kind === 'refused' ? admission.rule : admission.kind;
  };
  return { clock, gate, logged, asked, lookedUp, admit, rule };
}

describe('the gate', () => {
  it('lets in whom the roster knows, with their address and what the token says', async () => {
    const { admit, logged, asked } = build();
    expect(await admit()).toMatchObject({
      kind: 'admitted',
      incoming: {
        kind: 'message',
        technician: { objectId: person(1), tenantId, name: 'Robin', userPrincipalName: 'robin@partner.example' },
      },
      claims: { audience: appId },
    });
    expect(logged).toEqual([]);
    expect(asked).toEqual([metadataUrl, keysUrl]);
  });

  it('names nobody, and looks nobody up, while the token is not known to be good', async () => {
    const { admit, logged, asked, lookedUp } = build();
    expect(await admit(says(), 'Bearer nonsense')).toEqual({
      kind: 'refused',
      rule: 'token-form',
      technician: undefined,
    });
    expect(logged).toEqual([{ level: 'info', event: 'not-let-in', rule: 'token-form' }]);
    expect([asked, lookedUp]).toEqual([[], []]);
  });

  it('refuses what cannot be read (Rule 10), and passes on what is passed over without asking the roster', async () => {
    const { admit, logged, lookedUp } = build();
    expect(await admit(says(1, { from: undefined }))).toEqual({
      kind: 'refused',
      rule: 'activity',
      technician: undefined,
    });
    expect(logged).toEqual([{ level: 'info', event: 'not-let-in', rule: 'activity' }]);
    expect(await admit(says(1, { type: 'typing' }))).toMatchObject({
      kind: 'admitted',
      incoming: { kind: 'ignored' },
      claims: { audience: appId },
    });
    expect(lookedUp).toEqual([]);
  });

  it('refuses another tenant by name and counts it nowhere (Rule 11)', async () => {
    const one = { burst: 1, perSecond: 0 };
    const { admit, rule, logged, lookedUp } = build({ limits: { perSender: one, overall: one } });
    for (let times = 0; times < 3; times += 1) {
      expect(await admit(says(1, inTenant(foreignTenant)))).toMatchObject({
        kind: 'refused',
        rule: 'tenant',
        technician: { objectId: person(1), tenantId: foreignTenant },
      });
    }
    expect(logged[0]).toEqual({
      level: 'warn',
      event: 'not-let-in',
      rule: 'tenant',
      tenant: foreignTenant,
      person: person(1),
    });
    expect(lookedUp).toEqual([]);
    expect(await rule()).toBe('admitted');
  });

  it('lets one person send thirty at once, then one a second (Rule 12), and everybody else all the same', async () => {
    const { clock, rule } = build();
    for (let times = 0; times < 30; times += 1) expect(await rule()).toBe('admitted');
    expect(await rule()).toBe('sender-limit');
    expect(await rule(says(2))).toBe('admitted');
    clock.advance(1000);
    expect([await rule(), await rule()]).toEqual(['admitted', 'sender-limit']);
  });

  it('takes the same person of two allowed tenants for two', async () => {
    const other = '11111111-2222-4333-8444-555555555555';
    const { rule } = build({ limits: { perSender: { burst: 1, perSecond: 0 }, overall: { burst: 9, perSecond: 0 } } });
    expect(await rule()).toBe('admitted');
    expect(await rule(says(1, inTenant(other)))).toBe('not-a-member');
  });

  it('lets five hundred people in at once, then a hundred a second (Rule 13)', async () => {
    const { clock, rule } = build();
    for (let number = 0; number < 500; number += 1) expect(await rule(says(number))).toBe('admitted');
    expect(await rule(says(500))).toBe('overall-limit');
    clock.advance(10);
    expect([await rule(says(501)), await rule(says(502))]).toEqual(['admitted', 'overall-limit']);
  });

  it.each<[string, () => Promise<Member>]>([
    ['roster-silent', () => Promise.reject(new ConnectorError('unavailable', 503))],
    ['not-a-member', () => Promise.reject(new ConnectorError('gone', 404))],
    [
      'not-a-member',
      () =>
        Promise.resolve({ name: 'Robin', userPrincipalName: 'r@p', objectId: person(2), tenantId, role: undefined }),
    ],
    [
      'guest',
      () => Promise.resolve({ name: 'Robin', userPrincipalName: 'r@p', objectId: person(1), tenantId, role: 'guest' }),
    ],
  ])('keeps out by %s whom the roster does not vouch for (Rules 14, 15 and 16)', async (expected, member) => {
    const { admit } = build({ member });
    expect(await admit()).toMatchObject({ kind: 'refused', rule: expected, technician: { objectId: person(1) } });
  });

  it('keeps the keys in memory from its start to its stop, so that it can tell strangers by the header', async () => {
    const { gate, clock, asked } = build();
    gate.start();
    await clock.waiting((wait) => wait === 12 * 60 * 60_000);
    expect(asked).toEqual([metadataUrl, keysUrl]);
    clock.advance(12 * 60 * 60_000);
    await clock.waiting((wait) => wait === 12 * 60 * 60_000);
    expect(asked).toHaveLength(4);
    gate.stop();
    clock.advance(12 * 60 * 60_000);
    expect(asked).toHaveLength(4);
  });

  it('waits for the roster no longer than a press may take', async () => {
    const { admit, clock } = build({ member: () => new Promise(() => undefined) });
    const admission = admit(undefined, undefined, clock.now() + 700);
    await clock.waiting((wait) => wait === 700);
    clock.advance(700);
    expect(await admission).toMatchObject({ kind: 'refused', rule: 'roster-silent' });
  });
});

const activity = teamsActivity({
  channelId: 'emulator',
  serviceUrl: 'http://127.0.0.1:56150/_connector',
  from: { id: 'user-id-0', name: 'Alex', aadObjectId: '00000000-0000-0000-0000-0000000000020A' },
});
const member = {
  name: 'Alex',
  userPrincipalName: 'alex@partner.example',
  objectId: '00000000-0000-0000-0000-0000000000020a',
  tenantId: undefined,
  role: undefined,
};
const admit = (entry?: RosterEntry, sent: object = activity, allowedTenants?: readonly string[]) =>
  createSandboxGate({
    ...(entry !== undefined && { roster: { find: () => Promise.resolve(entry) } }),
    allowedTenants,
  }).admit({
    activity: sent,
    incoming: readActivity(sent, { sandbox: true }),
    authorization: undefined,
  });
const address = (userPrincipalName: string | undefined) => ({
  kind: 'admitted',
  incoming: { kind: 'message', technician: { teamsUserId: 'user-id-0', userPrincipalName } },
});

describe('the gate of the sandbox', () => {
  it('lets in without a token, and with ids that are no GUIDs', async () => {
    expect(await admit()).toMatchObject(address(undefined));
  });

  it('takes the address from the roster where it answers', async () => {
    expect(await admit({ kind: 'member', member })).toMatchObject(address('alex@partner.example'));
  });

  it('takes no address of somebody else', async () => {
    expect(await admit({ kind: 'member', member: { ...member, objectId: 'other' } })).toMatchObject(address(undefined));
    expect(await admit({ kind: 'member', member: { ...member, objectId: undefined } })).toMatchObject(
      address(undefined),
    );
  });

  it.each<RosterEntry>([{ kind: 'nobody' }, { kind: 'silent' }])('does not insist on it: %j', async (entry) => {
    expect(await admit(entry)).toMatchObject(address(undefined));
  });

  it('refuses what cannot be read', async () => {
    expect(await admit(undefined, { ...activity, from: undefined })).toEqual({
      kind: 'refused',
      rule: 'activity',
      technician: undefined,
    });
  });

  it('refuses another tenant by name where tenants are named, in any spelling', async () => {
    const lettered = { ...activity, ...inTenant(tenantId) };
    const foreign = { ...activity, ...inTenant(foreignTenant) };
    const allowed = [tenantId.toUpperCase()];
    expect(await admit(undefined, lettered, allowed)).toMatchObject({ kind: 'admitted' });
    expect(await admit(undefined, { ...activity, ...inTenant(tenantId.toUpperCase()) }, allowed)).toMatchObject({
      kind: 'admitted',
    });
    expect(await admit({ kind: 'member', member }, foreign, allowed)).toMatchObject({
      kind: 'refused',
      rule: 'tenant',
      technician: { teamsUserId: 'user-id-0', tenantId: foreignTenant },
    });
    expect(await admit(undefined, foreign)).toMatchObject({ kind: 'admitted' });
    expect(await admit(undefined, { ...foreign, type: 'typing' }, allowed)).toMatchObject({ kind: 'admitted' });
  });

  it('asks nobody about what is passed over', async () => {
    expect(await admit({ kind: 'silent' }, { ...activity, type: 'typing' })).toMatchObject({
      kind: 'admitted',
      incoming: { kind: 'ignored' },
    });
  });
});

const somebody = (number: number): Technician => ({
  objectId: asId<ObjectId>(`0a1b2c3d-0000-4000-8000-${String(number).padStart(12, '0')}`),
  tenantId: asId<TenantId>('11111111-2222-4333-8444-555555555555'),
  teamsUserId: `29:${number}`,
  name: 'Somebody',
  userPrincipalName: undefined,
});
const caller = { activity: {}, incoming: { kind: 'ignored', why: 'test' }, authorization: undefined } as const;

function watch(admit: () => Admission, record: () => Promise<void> = () => Promise.resolve()) {
  const clock = createHandClock();
  const written: string[] = [];
  const logged: LogEvent[] = [];
  const gate = auditRefusals(
    { admit: () => Promise.resolve(admit()) },
    {
      record: ({ objectId }, rule) => {
        written.push(`${rule} ${objectId}`);
        return record();
      },
      clock,
      log: (event) => logged.push(event),
    },
  );
  return { clock, written, logged, knock: () => gate.admit(caller) };
}

describe('who is turned away', () => {
  it('is written down by person and rule where the token proved who it is', async () => {
    const technician = somebody(1);
    const door = watch(() => ({ kind: 'refused', rule: 'guest', technician }));
    expect(await door.knock()).toEqual({ kind: 'refused', rule: 'guest', technician });
    expect(door.written).toEqual([`guest ${technician.objectId}`]);
  });

  it('is not written down where nothing proves who it is, nor who is let in', async () => {
    const answers: Admission[] = [
      { kind: 'refused', rule: 'signature', technician: undefined },
      { kind: 'admitted', incoming: caller.incoming, claims: undefined },
    ];
    const door = watch(() => answers.shift() ?? { kind: 'refused', rule: 'channel', technician: undefined });
    await door.knock();
    await door.knock();
    expect(door.written).toEqual([]);
  });

  it('is not written down while the store is silent, which has the trail', async () => {
    const door = watch(() => ({ kind: 'refused', rule: 'store-silent', technician: somebody(1) }));
    expect(await door.knock()).toMatchObject({ kind: 'refused', rule: 'store-silent' });
    expect(door.written).toEqual([]);
  });

  it('cannot fill the trail: three times one person, then once a minute', async () => {
    const door = watch(() => ({ kind: 'refused', rule: 'tenant', technician: somebody(1) }));
    for (let times = 0; times < 50; times += 1) await door.knock();
    expect(door.written).toHaveLength(3);
    door.clock.advance(60_000);
    for (let times = 0; times < 50; times += 1) await door.knock();
    expect(door.written).toHaveLength(4);
  });

  it('cannot fill the trail under a thousand names either', async () => {
    let number = 0;
    const door = watch(() => ({ kind: 'refused', rule: 'tenant', technician: somebody((number += 1)) }));
    for (let times = 0; times < 1000; times += 1) await door.knock();
    expect(door.written).toHaveLength(100);
  });

  it('is seen of the house however many strangers try', async () => {
    let number = 0;
    let rule: 'tenant' | 'guest' = 'tenant';
    const door = watch(() => ({ kind: 'refused', rule, technician: somebody((number += 1)) }));
    for (let times = 0; times < 200; times += 1) await door.knock();
    rule = 'guest';
    for (let times = 0; times < 200; times += 1) await door.knock();
    const counted = (of: string) => door.written.filter((line) => line.startsWith(of)).length;
    expect([counted('tenant'), counted('guest')]).toEqual([100, 100]);
  });

  it('stays out when the store cannot be written, and the log says so', async () => {
    const door = watch(
      () => ({ kind: 'refused', rule: 'tenant', technician: somebody(1) }),
      () => Promise.reject(new Error('disk full')),
    );
    expect(await door.knock()).toMatchObject({ kind: 'refused' });
    expect(door.logged).toEqual([
      expect.objectContaining({ level: 'error', event: 'refusal-not-recorded', rule: 'tenant' }),
    ]);
  });
});
