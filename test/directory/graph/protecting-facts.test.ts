import { describe, expect, it } from '@jest/globals';
import { asId, type CorrelationId, type UserId } from '../../../src/base/ids.ts';
import { Secret } from '../../../src/base/secret.ts';
import { createGraphFacts } from '../../../src/directory/graph/protecting-facts.ts';
import { createGraphSight } from '../../../src/directory/graph/graph-consent.ts';
import { createGraph, type TenantToken } from '../../../src/graph/index.ts';
import type { Alarm } from '../../../src/reset/alarm.ts';
import { isPassingTrouble } from '../../../src/reset/ports/graph-facts.ts';
import { createFakeClock } from '../../partner-center/connect.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { createReadableFactsInMemory } from '../../support/readable-facts.ts';

const { customer } = buildResetRequest().target;

const ann = asId<UserId>('7d1a5c90-2b6e-4f3b-8c55-91e0a4d2f613');

const correlationId = asId<CorrelationId>('c0000000-0000-4000-8000-000000000001');

const group = 'aa000000-0000-4000-8000-000000000001';

const helpdesk = '729827e3-9c14-49f7-bb1b-9608f156bbb8';

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

const exchange = '29232cdf-9323-42fd-ade2-1d097af3e4de';

const hour = 60 * 60_000;

type Answer = { readonly status: number; readonly json: object };

const ok = (json: object): Answer => ({ status: 200, json });

const refused = (status: number, code: string): Answer => ({ status, json: { error: { code, message: 'CANARY' } } });

const eligible = (principalId: string, role: string) =>
  ok({ value: [{ principalId, roleDefinitionId: role, directoryScopeId: '/' }] });

const none = ok({ value: [] });

/** What a plain customer's Graph answers about Ann, by what stands in the address. */
const plain = {
  '?$select=': ok({ id: ann, accountEnabled: true, userType: 'Member', isManagementRestricted: null }),
  transitiveMemberOf: none,
  roleEligibility: none,
  '/methods': none,
};

/** The port over the real client, whose network answers from a table that a test changes. */
function play(table: Readonly<Record<string, Answer>> = {}, readable = createReadableFactsInMemory()) {
  // The first address that fits is taken, so what a test gives comes first.
  const answers: Record<string, Answer> = { ...table, ...plain, ...table };
  const sent: string[] = [];
  const logged: object[] = [];
  const alarms: Alarm[] = [];
  const clock = createFakeClock();
  let token: TenantToken = { kind: 'token', token: new Secret('token') };
  const graph = createGraph({
    baseUrl: 'https://graph.microsoft.com',
    tokenFor: () => Promise.resolve(token),
    fetch: (url) => {
      const address = decodeURIComponent(url);
      sent.push(address.replace('https://graph.microsoft.com/v1.0', ''));
      const [, { status, json } = refused(404, 'Request_ResourceNotFound')] =
        Object.entries(answers).find(([part]) => address.includes(part)) ?? [];
      return Promise.resolve(
        new Response(JSON.stringify(json), { status, headers: { 'Content-Type': 'application/json' } }),
      );
    },
    clock,
    random: () => 0.5,
    newId: () => 'd0000000-0000-4000-8000-000000000001',
    timeouts: { perTry: 2_000_000, whole: 4_000_000 },
  });
  // The time limit of the port is not this test's matter; the fake clock would let it pass at once.
  const patient = { now: () => clock.now(), after: () => () => undefined };
  const start = () =>
    createGraphFacts({
      graph,
      sight: createGraphSight(clock),
      readable,
      clock: patient,
      log: (line) => logged.push(line),
      raiseAlarm: (alarm) => alarms.push(alarm),
    });
  let facts = start();
  return {
    readable,
    alarms,
    /** Another process on the same store: it knows nothing but what is kept there. */
    restart: () => {
      facts = start();
    },
    sent,
    logged,
    pass: (milliseconds: number) => {
      clock.pass(milliseconds);
    },
    change: (part: Readonly<Record<string, Answer>>) => Object.assign(answers, part),
    refuseTokens: (refusal: Extract<TenantToken, { kind: 'refused' }>['refusal'] | undefined, entraCode?: number) => {
      token =
        refusal === undefined ? { kind: 'token', token: new Secret('token') } : { kind: 'refused', refusal, entraCode };
    },
    ask: () => facts(customer, ann, correlationId),
  };
}

describe('what Microsoft Graph tells of a user', () => {
  it('is read in four requests, as they are promised', async () => {
    const { ask, sent } = play();
    expect(await ask()).toEqual({
      kind: 'asked',
      account: {
        kind: 'read',
        value: {
          isBlocked: false,
          isGuest: false,
          isSynchronised: false,
          isRestricted: false,
          lastPasswordChange: undefined,
          numbers: [],
        },
      },
      memberships: { kind: 'read', value: [] },
      eligibleRoles: { kind: 'read', value: [] },
      methods: { kind: 'read', value: [] },
    });
    expect(sent.map((address) => address.replace(/\?.*/, '')).toSorted()).toEqual([
      '/roleManagement/directory/roleEligibilityScheduleInstances',
      `/users/${ann}`,
      `/users/${ann}/authentication/methods`,
      `/users/${ann}/transitiveMemberOf`,
    ]);
  });

  it('is the account, with the numbers on file as secrets', async () => {
    const { ask } = play({
      '?$select=': ok({
        id: ann,
        accountEnabled: false,
        userType: 'guest',
        onPremisesSyncEnabled: true,
        isManagementRestricted: true,
        lastPasswordChangeDateTime: '2026-11-30T08:51:40Z',
        mobilePhone: '+31 6 0000 0147',
        businessPhones: ['+31 20 000 0147', '+31 6 0000 0147'],
      }),
    });
    const found = await ask();
    const account = found.kind === 'asked' && found.account.kind === 'read' ? found.account.value : undefined;
    expect(account).toMatchObject({ isBlocked: true, isGuest: true, isSynchronised: true, isRestricted: true });
    expect(account?.lastPasswordChange).toBe(Date.parse('2026-11-30T08:51:40Z'));
    expect(account?.numbers.map((number) => number.reveal((text) => text))).toEqual([
      '+31 6 0000 0147',
      '+31 20 000 0147',
    ]);
    expect(JSON.stringify(found)).not.toContain('0147');
  });

  it('is roles in force, role-assignable groups, and roles that can be activated, through such a group too', async () => {
    const { ask } = play({
      transitiveMemberOf: ok({
        value: [
          {
            '@odata.type': '#microsoft.graph.directoryRole',
            id: 'a0000000-0000-4000-8000-000000000009',
            roleTemplateId: helpdesk,
            displayName: 'Helpdesk Administrator',
          },
          { '@odata.type': '#microsoft.graph.group', id: group, displayName: 'Tier 0', isAssignableToRole: true },
          {
            '@odata.type': '#microsoft.graph.group',
            id: group.replace('1', '2'),
            displayName: 'All',
            isAssignableToRole: null,
          },
          { '@odata.type': '#microsoft.graph.administrativeUnit', id: group },
        ],
      }),
      [`principalId eq '${group}'`]: eligible(group, globalAdministrator),
      [`principalId eq '${ann}'`]: eligible(ann, exchange),
    });
    const found = await ask();
    expect(found).toMatchObject({
      memberships: {
        value: [
          { id: helpdesk, name: 'Helpdesk Administrator', by: 'group' },
          { id: group, name: 'Tier 0', by: 'role-assignable-group' },
        ],
      },
      eligibleRoles: {
        value: [
          { id: exchange, name: 'Exchange Administrator', by: 'eligible' },
          { id: globalAdministrator, name: 'Global Administrator', by: 'eligible' },
        ],
      },
    });
  });

  it('is a role that can be activated, by its name', async () => {
    const { ask } = play({ roleEligibility: eligible(ann, exchange) });
    expect(await ask()).toMatchObject({
      eligibleRoles: { value: [{ id: exchange, name: 'Exchange Administrator', by: 'eligible' }] },
    });
  });

  it('is the kinds of methods, without the password', async () => {
    const { ask } = play({
      '/methods': ok({
        value: ['password', 'phone', 'fido2', 'phone'].map((kind, at) => ({
          '@odata.type': `#microsoft.graph.${kind}AuthenticationMethod`,
          id: `method-${at}`,
          phoneNumber: '+31 600000147',
        })),
      }),
    });
    const found = await ask();
    expect(found).toMatchObject({ methods: { kind: 'read', value: ['phone', 'passkey'] } });
    expect(JSON.stringify(found)).not.toContain('0147');
  });
});

describe('a fact that cannot be read', () => {
  it.each([
    ['eligible roles without P2', 'roleEligibility', refused(400, 'AadPremiumLicenseRequired'), 'eligibleRoles'],
    ['methods without the role', '/methods', refused(403, 'Authorization_RequestDenied'), 'methods'],
    ['the account without the scope', '?$select=', refused(403, 'Authorization_RequestDenied'), 'account'],
  ])('is left out where it was never read: %s', async (_what, part, answer, fact) => {
    const { ask } = play({ [part]: answer });
    expect(await ask()).toMatchObject({ kind: 'asked', [fact]: { kind: 'left-out' } });
  });

  it.each([
    ['?$select=', 'account'],
    ['transitiveMemberOf', 'memberships'],
    ['roleEligibility', 'eligibleRoles'],
  ])('is lost where it protects and could be read before: %s', async (part, fact) => {
    const { ask, change } = play();
    await ask();
    change({ [part]: refused(403, 'Authorization_RequestDenied') });
    const lost = { kind: 'lost', trouble: { code: 'forbidden', httpStatus: 403 } };
    expect(await ask()).toMatchObject({ [fact]: lost });
    change(plain);
    expect(await ask()).toMatchObject({ [fact]: { kind: 'read' } });
  });

  it('is left out where it protects nobody', async () => {
    const { ask, change } = play();
    await ask();
    change({ '/methods': refused(403, 'Authorization_RequestDenied') });
    expect(await ask()).toMatchObject({ methods: { kind: 'left-out' } });
  });

  it.each(['account-unknown', 'conditional-access', 'sign-in-expired', 'sign-in-failed', 'wrong-tenant'] as const)(
    'is lost for want of a token, and where nothing was ever told that alone is said: %s',
    async (refusal) => {
      const { ask, refuseTokens } = play();
      refuseTokens(refusal);
      expect(await ask()).toEqual({ kind: 'closed', trouble: { code: refusal, httpStatus: undefined } });
      refuseTokens(undefined);
      await ask();
      refuseTokens(refusal);
      expect(await ask()).toMatchObject({ account: { kind: 'lost' }, memberships: { kind: 'lost' } });
    },
  );

  it('is logged by its code, without a word of the answer', async () => {
    const { ask, logged } = play({ transitiveMemberOf: refused(404, 'Request_ResourceNotFound') });
    await ask();
    const line = { level: 'warn', event: 'graph-trouble', code: 'not-found', httpStatus: 404, correlationId };
    expect(logged).toEqual([
      { ...line, fact: 'roles' },
      { ...line, fact: 'eligible-roles' },
    ]);
  });
});

const gone = refused(401, 'Authorization_IdentityNotFound');
const everything = (answer: Answer) =>
  Object.fromEntries(Object.keys(plain).map((part) => [part, answer])) satisfies Record<string, Answer>;
const role = (page: object = {}) =>
  ok({
    value: [
      {
        '@odata.type': '#microsoft.graph.directoryRole',
        id: group,
        roleTemplateId: globalAdministrator,
        displayName: 'Global Administrator',
      },
    ],
    ...page,
  });
const groups = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    '@odata.type': '#microsoft.graph.group',
    id: `aa000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`,
    displayName: `Tier ${at}`,
    isAssignableToRole: true,
  }));

describe('a fact that was told once', () => {
  it.each([
    ['consent is gone by Graph’s word', everything(gone), 'not-consented'],
    ['Graph takes no token', everything(refused(401, 'InvalidAuthenticationToken')), 'token-refused'],
    ['the licence has lapsed', everything(refused(400, 'AadPremiumLicenseRequired')), 'unlicensed'],
    ['the scope is gone', everything(refused(403, 'Authorization_RequestDenied')), 'forbidden'],
    ['Graph is asked too often', everything(refused(429, 'TooManyRequests')), 'throttled'],
    ['Graph has a fault', everything(refused(503, 'ServiceUnavailable')), 'service-fault'],
    ['the answer is none', everything(ok([])), 'unreadable-answer'],
  ])('is lost, in another process too, where %s', async (_why, answers, code) => {
    const { ask, change, restart } = play();
    await ask();
    change(answers);
    for (const process of ['the same', 'another']) {
      if (process === 'another') restart();
      expect(await ask()).toMatchObject({
        kind: 'asked',
        account: { kind: 'lost', trouble: { code } },
        memberships: { kind: 'lost' },
        eligibleRoles: { kind: 'lost' },
      });
    }
  });

  it.each(['not-consented', 'consent-in-progress'] as const)(
    'is lost where Entra says %s, for longer than an hour, and told again after a new consent',
    async (refusal) => {
      const { ask, refuseTokens, pass, restart } = play();
      await ask();
      refuseTokens(refusal);
      for (let round = 0; round < 3; round += 1) {
        expect(await ask()).toMatchObject({ account: { kind: 'lost', trouble: { code: refusal } } });
        pass(hour / 2);
      }
      restart();
      expect(await ask()).toMatchObject({ account: { kind: 'lost' } });
      refuseTokens(undefined);
      expect(await ask()).toMatchObject({ account: { kind: 'read' } });
    },
  );

  it('is written down once', async () => {
    const { ask, readable, restart } = play();
    await ask();
    await ask();
    restart();
    await ask();
    expect(readable.writes()).toBe(1);
  });

  it('is as if it had never been told once an operator has ended the protection', async () => {
    const { ask, readable, change } = play();
    await ask();
    await readable.forget(customer.id, 0);
    change(everything(gone));
    expect(await ask()).toEqual({ kind: 'not-asked' });
  });

  it('is lost where Graph hides the property that protects', async () => {
    const { ask, change } = play({
      '?$select=': ok({ id: ann, accountEnabled: true, isManagementRestricted: true }),
    });
    await ask();
    change({ '?$select=': ok({ id: ann }) });
    expect(await ask()).toMatchObject({ account: { kind: 'lost', trouble: { code: 'forbidden' } } });
  });

  it.each(['#microsoft.graph.group', '#microsoft.graph.directoryRole'])(
    'is lost where Graph hides of what kind a membership is, and named a group before: %s',
    async (type) => {
      const { ask, change } = play({ transitiveMemberOf: ok({ value: groups(1) }) });
      await ask();
      change({ transitiveMemberOf: ok({ value: [{ '@odata.type': type, id: group, displayName: null }] }) });
      expect(await ask()).toMatchObject({ memberships: { kind: 'lost' }, eligibleRoles: { kind: 'lost' } });
    },
  );
});

const hiddenGroup = ok({ value: [{ '@odata.type': '#microsoft.graph.group', id: group, displayName: null }] });

describe('a scope that a customer never gave', () => {
  it('leaves out what it hides, before and after a person of whom nothing had to be hidden', async () => {
    const { ask, change, readable } = play({ transitiveMemberOf: hiddenGroup });
    const leftOut = { memberships: { kind: 'left-out' }, eligibleRoles: { kind: 'left-out' } };
    expect(await ask()).toMatchObject(leftOut);
    change(plain);
    expect(await ask()).toMatchObject({ memberships: { kind: 'read' } });
    change({ transitiveMemberOf: hiddenGroup });
    expect(await ask()).toMatchObject(leftOut);
    await readable.forget(customer.id, 0);
    change(plain);
    await ask();
    change({ transitiveMemberOf: hiddenGroup });
    expect(await ask()).toMatchObject(leftOut);
  });

  it('leaves out restricted management where it was never told of anybody', async () => {
    const { ask, change } = play();
    await ask();
    change({ '?$select=': ok({ id: ann, accountEnabled: true }) });
    expect(await ask()).toMatchObject({ account: { kind: 'left-out', part: { isBlocked: false } } });
    change({ '?$select=': ok({ id: ann, accountEnabled: true, isManagementRestricted: true }) });
    await ask();
    change({ '?$select=': ok({ id: ann, accountEnabled: true }) });
    expect(await ask()).toMatchObject({ account: { kind: 'lost' } });
  });
});

describe('one call that is refused', () => {
  it('does not undo what was read beside it, whatever it says of consent', async () => {
    const { ask } = play({
      '/methods': gone,
      '?$select=': ok({ id: ann, accountEnabled: false, isManagementRestricted: true }),
    });
    expect(await ask()).toMatchObject({ account: { kind: 'read', value: { isRestricted: true, isBlocked: true } } });
    expect(await ask()).toMatchObject({ account: { kind: 'read', value: { isRestricted: true } } });
  });
});

describe('a fact of which a part was read', () => {
  it('counts with its own eligible role where a group’s cannot be read', async () => {
    const { ask } = play({
      transitiveMemberOf: ok({ value: groups(1) }),
      [`principalId eq '${group}'`]: refused(403, 'Authorization_RequestDenied'),
      [`principalId eq '${ann}'`]: eligible(ann, globalAdministrator),
    });
    expect(await ask()).toMatchObject({
      eligibleRoles: { kind: 'left-out', part: [{ id: globalAdministrator, by: 'eligible' }] },
    });
  });

  it('counts with the pages before the one that failed', async () => {
    const { ask } = play({
      'skiptoken=2': refused(403, 'Authorization_RequestDenied'),
      transitiveMemberOf: role({ '@odata.nextLink': 'https://graph.microsoft.com/v1.0/x?$skiptoken=2' }),
    });
    expect(await ask()).toMatchObject({
      memberships: { kind: 'left-out', part: [{ id: globalAdministrator, by: 'group' }] },
      eligibleRoles: { kind: 'left-out' },
    });
  });

  it('asks for every role-assignable group, and is lost where they are too many', async () => {
    const last = groups(11).at(-1)?.id ?? '';
    const { ask, change } = play({
      transitiveMemberOf: ok({ value: groups(11) }),
      [`principalId eq '${last}'`]: eligible(last, exchange),
    });
    expect(await ask()).toMatchObject({ eligibleRoles: { kind: 'read', value: [{ id: exchange }] } });
    change({ transitiveMemberOf: ok({ value: groups(51) }) });
    expect(await ask()).toMatchObject({ eligibleRoles: { kind: 'lost', part: [{ id: exchange }] } });
  });
});

describe('a customer where Graph answers for the first time', () => {
  it.each([
    ['throttles', refused(429, 'TooManyRequests')],
    ['fails', refused(503, 'ServiceUnavailable')],
    ['answers something else', ok({ value: 'x' })],
  ])('loses a fact that protects where it %s, and does not leave it out', async (_how, answer) => {
    const { ask } = play({ transitiveMemberOf: answer });
    expect(await ask()).toMatchObject({ account: { kind: 'read' }, memberships: { kind: 'lost' } });
  });
});

describe('a customer where Graph never told a fact', () => {
  it.each([
    [400, 'TenantNotOnboarded', 'bad-request'],
    [400, 'UnknownError', 'bad-request'],
    [402, 'PaymentRequired', 'refused'],
    [404, 'ResourceNotFound', 'refused'],
    [405, 'MethodNotAllowed', 'refused'],
    [409, 'Conflict', 'conflict'],
    [501, 'NotImplemented', 'refused'],
  ])(
    'leaves it out where Graph refuses to tell it, and an administrator hears of it: %i %s',
    async (status, word, code) => {
      const { ask, alarms } = play({ roleEligibility: refused(status, word) });
      const trouble = { code, httpStatus: status };
      expect(await ask()).toMatchObject({ account: { kind: 'read' }, eligibleRoles: { kind: 'left-out', trouble } });
      expect(await ask()).toMatchObject({ eligibleRoles: { kind: 'left-out', trouble } });
      expect(alarms).toMatchObject([{ kind: 'graph-unread', customer: customer.id, code, isLost: false }]);
    },
  );

  it('does not reset a person whom Graph does not find, asks for another try, and alarms for nobody', async () => {
    const { ask, alarms } = play({ [`/users/${ann}`]: refused(404, 'Request_ResourceNotFound') });
    const lost = { kind: 'lost', trouble: { code: 'not-found', httpStatus: 404 } };
    expect(await ask()).toMatchObject({ account: lost, memberships: lost, eligibleRoles: lost });
    expect(isPassingTrouble('not-found')).toBe(true);
    expect(alarms).toEqual([]);
  });
});

describe('an administrator', () => {
  it('hears once a day of a customer that is closed, and again where protection is lost', async () => {
    const { ask, refuseTokens, alarms, pass } = play();
    refuseTokens('conditional-access', 53_003);
    await ask();
    await ask();
    const closed = {
      kind: 'graph-unread',
      customer: customer.id,
      code: 'conditional-access',
      entraCode: 53_003,
      isLost: false,
    };
    expect(alarms).toEqual([closed]);
    refuseTokens(undefined);
    await ask();
    refuseTokens('conditional-access', 53_003);
    await ask();
    await ask();
    expect(alarms).toEqual([closed, { ...closed, isLost: true }]);
    pass(24 * hour);
    await ask();
    expect(alarms).toHaveLength(3);
  });

  it('hears of consent that is gone, and of a licence, only where they protected', async () => {
    const { ask, refuseTokens, change, alarms, logged } = play();
    refuseTokens('not-consented');
    await ask();
    expect(alarms).toEqual([]);
    const other = play({ roleEligibility: refused(400, 'AadPremiumLicenseRequired') });
    await other.ask();
    expect(other.alarms).toEqual([]);
    const told = play();
    await told.ask();
    told.refuseTokens('not-consented', 65_001);
    await told.ask();
    expect(told.alarms).toMatchObject([{ code: 'not-consented', entraCode: 65_001, isLost: true }]);
    expect(told.logged[0]).toMatchObject({ level: 'warn', code: 'not-consented' });
    expect(logged).not.toContainEqual(expect.objectContaining({ level: 'warn' }));
    change(plain);
  });

  it('hears of a sign-in that ended once for all customers, and not of what passes by itself', async () => {
    const { ask, refuseTokens, alarms, change } = play();
    refuseTokens('sign-in-expired', 700_082);
    await ask();
    expect(alarms).toMatchObject([{ customer: undefined, code: 'sign-in-expired' }]);
    refuseTokens(undefined);
    await ask();
    change(everything(refused(429, 'TooManyRequests')));
    await ask();
    expect(alarms).toHaveLength(1);
  });
});

describe('a customer that has not consented', () => {
  it('is not asked again for an hour', async () => {
    const { ask, sent, refuseTokens, pass } = play();
    refuseTokens('not-consented');
    expect(await ask()).toEqual({ kind: 'not-asked' });
    refuseTokens(undefined);
    pass(hour - 1);
    expect(await ask()).toEqual({ kind: 'not-asked' });
    expect(sent).toEqual([]);
    pass(1);
    expect(await ask()).toMatchObject({ kind: 'asked' });
  });

  it('is found out by Graph’s own answer too', async () => {
    const { ask, sent } = play(everything(gone));
    expect(await ask()).toEqual({ kind: 'not-asked' });
    const before = sent.length;
    expect(await ask()).toEqual({ kind: 'not-asked' });
    expect(sent).toHaveLength(before);
  });

  it('is asked again at once where Entra was just making its service principal', async () => {
    const { ask, refuseTokens } = play();
    refuseTokens('consent-in-progress', 650_051);
    expect(await ask()).toEqual({ kind: 'not-asked' });
    refuseTokens(undefined);
    expect(await ask()).toMatchObject({ kind: 'asked' });
  });
});
