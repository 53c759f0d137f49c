import { describe, expect, it } from '@jest/globals';
import { asId, type CorrelationId, type CustomerId, type OperationId, type UserId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import type { PartnerFetch } from '../../src/partner-center/index.ts';
import type { Directory, PasswordSettingOutcome } from '../../src/reset/ports/partner-center.ts';
import type { Connector } from '../../src/teams/connector/connector.ts';
import { ConnectorError } from '../../src/teams/connector/retries.ts';
import { createAddressLimit, createRateLimiter } from '../../src/teams/gate/rate-limits.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';
import { buildMetrics } from './metrics-bench.ts';

const base = 'https://api.partnercenter.microsoft.com/v1';
const init = <Method extends string>(method: Method, signal = new AbortController().signal) =>
  ({ method, headers: {}, body: null, redirect: 'manual', signal }) as const;
const trouble = (code: string) => ({
  code,
  signInCode: undefined,
  httpStatus: 429,
  partnerCode: undefined,
  storedWording: undefined,
});
const { askedIn, target } = buildResetRequest();

describe('requests to Microsoft Graph', () => {
  const user = '/users/7d1a5c90-2b6e-4f3b-8c55-91e0a4d2f613';
  it.each([
    [`${user}?$select=id`, '/users/{user}'],
    [`${user}/transitiveMemberOf?$top=999`, '/users/{user}/transitiveMemberOf'],
    [`${user}/revokeSignInSessions`, '/users/{user}/revokeSignInSessions'],
    [`${user}/authentication/methods`, '/users/{user}/authentication/methods'],
    [
      `${user}/authentication/methods/28c10230/resetPassword`,
      '/users/{user}/authentication/methods/{method}/resetPassword',
    ],
    [`${user}/authentication/operations/c4a7?aadgdc=1`, '/users/{user}/authentication/operations/{operation}'],
    [`${user}/authentication/temporaryAccessPassMethods`, '/users/{user}/authentication/temporaryAccessPassMethods'],
    ['/users/delta?$select=id', '/users/delta'],
    [
      '/roleManagement/directory/roleEligibilityScheduleInstances?$filter=x',
      '/roleManagement/directory/roleEligibilityScheduleInstances',
    ],
    ['/groups/x', 'other'],
  ])('to %s are counted as %s', async (path, route) => {
    const { metrics, read } = buildMetrics();
    const fetch = metrics.instrumentGraphFetch(() => Promise.resolve(new Response('{}', { status: 403 })));
    await fetch(`https://graph.microsoft.com/v1.0${path}`, init('GET'));
    expect(await read(`locksmith_graph_requests_total{method="GET",route="${route}",status="403"}`)).toBe(1);
  });

  it.each([
    [false, 'no-answer'],
    [true, 'given-up'],
  ])('without an answer are counted too (given up: %s)', async (isGivenUp, status) => {
    const { metrics, read } = buildMetrics();
    const fetch = metrics.instrumentGraphFetch(() => Promise.reject(new Error('x')));
    const signal = isGivenUp ? AbortSignal.abort() : new AbortController().signal;
    await expect(fetch('https://graph.microsoft.com/v1.0/users/x', init('GET', signal))).rejects.toThrow('x');
    expect(await read(`locksmith_graph_requests_total{method="GET",route="/users/{user}",status="${status}"}`)).toBe(1);
  });
});

describe('requests to Partner Center', () => {
  it.each([
    ['/customers?size=500', '/customers'],
    ['/customers/c-1', '/customers/{customer}'],
    ['/customers/c-1/users?seekOperation=next', '/customers/{customer}/users'],
    ['/customers/c-1/users/u-1', '/customers/{customer}/users/{user}'],
    ['/customers/c-1/users/u-1/directoryroles', '/customers/{customer}/users/{user}/directoryroles'],
    ['/customers/c-1/users/u-1/resetpassword', '/customers/{customer}/users/{user}/resetpassword'],
    ['/customers/c-1/users/u-1/memberships', 'other'],
    ['/invoices', 'other'],
  ])('to %s are counted as %s', async (path, route) => {
    const { metrics, read } = buildMetrics();
    const fetch = metrics.instrumentFetch(() => Promise.resolve(new Response('{}', { status: 200 })));
    await fetch(base + path, init('GET'));
    expect(await read(`locksmith_partner_center_requests_total{method="GET",route="${route}",status="200"}`)).toBe(1);
  });

  it('are counted by their status, timed, and remembered where they succeeded', async () => {
    const { metrics, clock, read } = buildMetrics();
    const fetch = metrics.instrumentFetch((url) => {
      clock.advance(300);
      return Promise.resolve(new Response(null, { status: url.endsWith('resetpassword') ? 429 : 200 }));
    });
    const began = clock.now();
    await fetch(`${base}/customers`, init('GET'));
    await fetch(`${base}/customers/c/users/u/resetpassword`, init('PATCH'));
    const route = '/customers/{customer}/users/{user}/resetpassword';
    expect(await read(`locksmith_partner_center_requests_total{method="PATCH",route="${route}",status="429"}`)).toBe(1);
    expect(await read(`locksmith_partner_center_request_seconds_sum{method="PATCH",route="${route}"}`)).toBe(0.3);
    expect(await read('locksmith_partner_center_last_success_timestamp_seconds')).toBe((began + 300) / 1000);
  });

  it('are counted where nobody answered or nobody waited, and fail as they did', async () => {
    const { metrics, read } = buildMetrics();
    const failure = new Error('no such host');
    const fails: PartnerFetch = () => Promise.reject(failure);
    const fetch = metrics.instrumentFetch(fails);
    await expect(fetch(`${base}/customers`, init('GET'))).rejects.toBe(failure);
    await expect(fetch(`${base}/customers`, init('GET', AbortSignal.abort()))).rejects.toBe(failure);
    const sample = (status: string) =>
      `locksmith_partner_center_requests_total{method="GET",route="/customers",status="${status}"}`;
    expect([await read(sample('no-answer')), await read(sample('given-up'))]).toEqual([1, 1]);
    expect(await read('locksmith_partner_center_last_success_timestamp_seconds')).toBeUndefined();
  });

  it('are timed too where they were given up', async () => {
    const { metrics, clock, read } = buildMetrics();
    const fetch = metrics.instrumentFetch(() => {
      clock.advance(25_000);
      return Promise.reject(new Error('the deadline'));
    });
    await expect(fetch(`${base}/customers`, init('GET', AbortSignal.abort()))).rejects.toThrow('the deadline');
    expect(await read('locksmith_partner_center_request_seconds_sum{method="GET",route="/customers"}')).toBe(25);
  });
});

describe('what could not be done at Partner Center', () => {
  it('is counted by what was being done and the code', async () => {
    const { metrics, read } = buildMetrics();
    const directory: Directory = {
      find: () => Promise.resolve({ kind: 'trouble', trouble: trouble('throttled') }),
      lookUp: () => Promise.resolve({ kind: 'trouble', trouble: trouble('user-not-found') }),
    };
    const outcomes: PasswordSettingOutcome[] = [
      { kind: 'applied' },
      { kind: 'unknown', trouble: trouble('unknown-result') },
      { kind: 'refused', trouble: trouble('what-nobody-knows') },
    ];
    const watched = metrics.instrumentDirectory(directory);
    const id = asId<CorrelationId>('c-1');
    await watched.find({ text: '' }, id, { reach: { isEverything: true, permits: () => true } });
    await watched.lookUp(target.customer, target.user.id, id);
    const set = metrics.instrumentPasswordSetting(() => Promise.resolve(outcomes.shift() ?? { kind: 'applied' }));
    const operation = {
      customer: asId<CustomerId>('c'),
      user: asId<UserId>('u'),
      operationId: asId<OperationId>('o'),
      correlationId: id,
    };
    for (let tries = 0; tries < 3; tries += 1) {
      await set(operation, new Secret('CANARY-otter'), new AbortController().signal);
    }
    const count = (doing: string, code: string) =>
      read(`locksmith_partner_center_troubles_total{doing="${doing}",code="${code}"}`);
    expect(await count('find', 'throttled')).toBe(1);
    expect(await count('look-up', 'user-not-found')).toBe(1);
    expect(await count('reset', 'unknown-result')).toBe(1);
    expect(await count('reset', 'other')).toBe(1);
  });
});

describe('calls to the connector', () => {
  it('are counted by what came of them, and answer or fail as they did', async () => {
    const { metrics, clock, read } = buildMetrics();
    const nobody = {
      name: 'R',
      userPrincipalName: undefined,
      objectId: undefined,
      tenantId: undefined,
      role: undefined,
    };
    const connector: Connector = metrics.instrumentConnector({
      createConversation: (from) => Promise.resolve(from),
      post: () => Promise.reject(new ConnectorError('blocked', 403)),
      update: () => {
        clock.advance(2000);
        return Promise.resolve();
      },
      members: () => Promise.resolve([]),
      member: () => Promise.resolve(nobody),
    });
    await expect(connector.createConversation(askedIn, '29:x')).resolves.toBe(askedIn);
    await expect(connector.post(askedIn, { kind: 'text', text: 'x' })).rejects.toMatchObject({ code: 'blocked' });
    await connector.update({ conversation: askedIn, activityId: '1' }, { kind: 'text', text: 'x' });
    await expect(connector.member(askedIn, '29:x')).resolves.toBe(nobody);
    const count = (call: string, outcome: string) =>
      read(`locksmith_connector_calls_total{call="${call}",outcome="${outcome}"}`);
    expect(await count('create', 'done')).toBe(1);
    expect(await count('post', 'blocked')).toBe(1);
    expect(await count('member', 'done')).toBe(1);
    expect(await read('locksmith_connector_call_seconds_sum{call="update"}')).toBe(2);
  });
});

describe('what Bot Framework sends', () => {
  it('is counted by its answer, and timed', async () => {
    const { metrics, clock, read } = buildMetrics();
    const handle = metrics.instrumentActivities(() => {
      clock.advance(40);
      return Promise.resolve({ status: 403, body: undefined });
    });
    await expect(handle({}, undefined)).resolves.toEqual({ status: 403, body: undefined });
    expect(await read('locksmith_activities_total{status="403"}')).toBe(1);
    expect(await read('locksmith_activity_seconds_sum')).toBe(0.04);
  });

  it('is counted as 500, and timed, where a defect ends it, and fails as it did', async () => {
    const { metrics, clock, read } = buildMetrics();
    const defect = new Error('a defect');
    const handle = metrics.instrumentActivities(() => {
      clock.advance(70);
      return Promise.reject(defect);
    });
    expect(await read('locksmith_activities_total{status="500"}')).toBe(0);
    await expect(handle({}, undefined)).rejects.toBe(defect);
    expect(await read('locksmith_activities_total{status="500"}')).toBe(1);
    expect(await read('locksmith_activity_seconds_sum')).toBe(0.07);
  });

  it('is counted where the server turned it away by itself', async () => {
    const { metrics, read } = buildMetrics();
    metrics.countRejected(429);
    expect(await read('locksmith_activities_total{status="429"}')).toBe(1);
  });

  it('is counted by the rule that kept it out', async () => {
    const { metrics, clock, read } = buildMetrics();
    const refused = { kind: 'refused', rule: 'guest', technician: undefined } as const;
    const gate = metrics.instrumentGate({ admit: () => Promise.resolve(refused) });
    const incoming = { kind: 'ignored', why: 'x' } as const;
    await expect(gate.admit({ activity: {}, incoming, authorization: undefined })).resolves.toBe(refused);
    const addresses = metrics.instrumentAddresses(
      createAddressLimit(createRateLimiter({ burst: 1, perSecond: 0, clock }), (header) => header === 'signed'),
    );
    const take = (header?: string) => addresses.admit('10.1.2.3', header);
    const first = take();
    expect([first, take(), take('signed')].map((admitted) => admitted !== undefined)).toEqual([true, false, true]);
    expect(await read('locksmith_gate_refusals_total{rule="guest"}')).toBe(1);
    expect(await read('locksmith_gate_refusals_total{rule="address-limit"}')).toBe(1);
    expect(await read('locksmith_gate_refusals_total{rule="tenant"}')).toBe(0);
    first?.giveBack();
    expect(take()).toBeDefined();
  });
});

describe('what can happen', () => {
  it('is told as 0 before it has, so that its first time is an increase', async () => {
    const { read } = buildMetrics();
    const first = [
      'locksmith_alarms_total{kind="sealing-key-missing"}',
      'locksmith_partner_center_troubles_total{doing="reset",code="throttled"}',
      'locksmith_connector_calls_total{call="update",outcome="timeout"}',
      'locksmith_requests_total{outcome="refused",reason="seal-broken"}',
    ];
    expect(await Promise.all(first.map(read))).toEqual([0, 0, 0, 0]);
  });
});

describe('the program', () => {
  it('says which it is', async () => {
    const { metrics } = buildMetrics();
    expect(await metrics.text()).toMatch(/^locksmith_build_info\{version="\d+\.\d+\.\d+",node="\d+\.\d+\.\d+"\} 1$/m);
  });
});

describe('alarms', () => {
  it('are counted by kind and handed on', async () => {
    const { metrics, read } = buildMetrics();
    const raised: unknown[] = [];
    expect(await read('locksmith_alarms_total{kind="bad-policy-file"}')).toBe(0);
    metrics.instrumentAlarms((alarm) => raised.push(alarm))({ kind: 'bad-policy-file', problems: ['technicians: x'] });
    expect(await read('locksmith_alarms_total{kind="bad-policy-file"}')).toBe(1);
    expect(raised).toHaveLength(1);
  });
});
