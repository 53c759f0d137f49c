import { describe, expect, it } from '@jest/globals';

import type { LogEvent } from '../../../src/log.ts';
import { ConnectorError } from '../../../src/teams/connector-error.ts';
import { createGate } from '../../../src/teams/gate/create-gate.ts';
import type { GateLimits } from '../../../src/teams/gate/gate-limits.ts';
import { readActivity } from '../../../src/teams/read-activity.ts';
import type { Member } from '../../../src/teams/read-member.ts';
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
  const admit = async (activity: object = says(), header: string | undefined = authorization) =>
    gate.admit({ activity, incoming: readActivity(activity, { sandbox: false }), authorization: header });
  /** The rule, or that they were let in. */
  const rule = async (activity?: object) => {
    const admission = await admit(activity);
    return admission.kind === 'refused' ? admission.rule : admission.kind;
  };
  return { clock, logged, asked, lookedUp, admit, rule };
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
});
