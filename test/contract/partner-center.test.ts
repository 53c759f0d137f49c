import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { runExample } from '../../src/partner-center/sdk-example.ts';
import {
  type AggregatePartner,
  buildIndexedQuery,
  createPartner,
  PartnerError,
  type PartnerOptions,
  simpleFieldFilter,
} from '../../src/partner-center/index.ts';
import {
  createPretendPartnerCenter,
  partnerErrorRows,
  type PretendFault,
  type RecordedCall,
} from '../../src/sandbox/partner-center/index.ts';
import { createFakeClock } from '../partner-center/connect.ts';
import { documentedCodes, faultRows } from './partner-center-faults.ts';

const pretend = createPretendPartnerCenter({ acceptsToken: (token) => token.reveal((text) => text !== 'stale') });
const contoso = pretend.data.customers.find(({ name }) => name === 'Contoso Bikes') ?? pretend.data.customers[0];
const customerId = contoso?.id ?? '';
const adele = pretend.data.users(customerId)?.slice('active', undefined, 0, 1)[0];
const userId = adele?.id ?? '';
const requestId = 'b1317092-f087-471e-a637-f66523b2b94c';
const correlationId = '8a53b025-d5be-4d98-ab20-229d1813de76';
const password = new Secret('CANARY-Stapler-Violet-73');
const profile = { password, forceChangePassword: true } as const;

let baseUrl: string;
beforeAll(async () => {
  baseUrl = (await pretend.listen()).url;
});
afterEach(() => {
  pretend.faults.clear();
});
afterAll(async () => {
  await pretend.close();
});

function connect(options: Partial<PartnerOptions> = {}): AggregatePartner {
  return createPartner({
    baseUrl,
    credentials: { getToken: () => Promise.resolve(new Secret('sandbox')) },
    clock: createFakeClock(),
    timeouts: { perTry: 2_000_000, whole: 4_000_000 },
    ...options,
  }).with({ correlationId });
}

type SdkCall = {
  readonly name: string;
  readonly method: 'GET' | 'PATCH';
  run(partner: AggregatePartner): Promise<unknown>;
};

const calls: readonly SdkCall[] = [
  { name: 'customers.query', method: 'GET', run: ({ customers }) => Array.fromAsync(customers.query()) },
  { name: 'customers.get', method: 'GET', run: ({ customers }) => customers.byId(customerId).get() },
  {
    name: 'users.query',
    method: 'GET',
    run: ({ customers }) => Array.fromAsync(customers.byId(customerId).users.query()),
  },
  { name: 'users.get', method: 'GET', run: ({ customers }) => customers.byId(customerId).users.byId(userId).get() },
  {
    name: 'directoryRoles.get',
    method: 'GET',
    run: ({ customers }) => customers.byId(customerId).users.byId(userId).directoryRoles.get(),
  },
  {
    name: 'users.patch',
    method: 'PATCH',
    run: ({ customers }) =>
      customers.byId(customerId).users.byId(userId).patch({ passwordProfile: profile }, { requestId }),
  },
  {
    name: 'users.resetPassword',
    method: 'PATCH',
    run: ({ customers }) => customers.byId(customerId).users.byId(userId).resetPassword(profile, { requestId }),
  },
];

/** How a call ended: the code and effect of its error, how often it came in, and how often the password was set. */
async function endOf(call: SdkCall, fault: PretendFault): Promise<object> {
  const before = { calls: pretend.calls.length, resets: pretend.resetCount(customerId, userId) };
  pretend.faults.next({ method: call.method, fault, times: 9 });
  const [settled] = await Promise.allSettled([call.run(connect())]);
  const seen: readonly RecordedCall[] = pretend.calls.slice(before.calls);
  const failure: unknown = settled.status === 'rejected' ? settled.reason : undefined;
  if (failure instanceof PartnerError) {
    expect(failure.tries).toBe(seen.length);
    expect(new Set(seen.map((one) => one.requestId))).toEqual(new Set([failure.requestId]));
  }
  expect(new Set(seen.map((one) => one.correlationId))).toEqual(new Set([correlationId]));
  return {
    ...(failure instanceof PartnerError ? { code: failure.code, effect: failure.effect } : { code: failure }),
    calls: seen.length,
    resets: pretend.resetCount(customerId, userId) - before.resets,
  };
}

describe.each(calls)('$name', (call) => {
  it.each(faultRows.map((row) => [JSON.stringify(row.fault), row] as const))(
    'ends as it should with %s',
    async (_name, row) => {
      const isWrite = call.method === 'PATCH';
      const [code, times] = isWrite ? row.write : row.read;
      expect(await endOf(call, row.fault)).toEqual({
        code,
        ...(code === undefined ? {} : { effect: code === 'unknown-result' ? 'unknown' : 'none' }),
        calls: times,
        resets: isWrite && row.sets ? 1 : 0,
      });
    },
  );

  it.each(partnerErrorRows.filter((row) => row.status < 500))(
    'understands $status $code in every shape',
    async (row) => {
      const calls = row.status === 401 && row.code !== 900_421 ? 2 : 1;
      for (const shape of ['documented', 'code-as-text', 'pascal-case', 'named', 'nested-json'] as const) {
        expect(await endOf(call, { kind: 'partner-error', row, shape })).toEqual({
          code: documentedCodes[`${row.status} ${row.code}`],
          effect: 'none',
          calls,
          resets: 0,
        });
      }
    },
  );

  it.each([true, false])('ends when its time is over and there is no answer (applied: %s)', async (applied) => {
    const clock = createFakeClock();
    const before = { calls: pretend.calls.length, resets: pretend.resetCount(customerId, userId) };
    const fault: PretendFault = { kind: 'hang', effect: applied ? 'applied' : 'none' };
    pretend.faults.next({ method: call.method, fault });
    const settling = Promise.allSettled([call.run(connect({ clock }))]);
    while (pretend.calls.length === before.calls) {
      await setImmediate();
    }
    clock.pass(4_000_000);
    const [settled] = await settling;
    const isWrite = call.method === 'PATCH';
    expect(settled).toMatchObject({ reason: { code: isWrite ? 'unknown-result' : 'timed-out', tries: 1 } });
    expect(pretend.resetCount(customerId, userId) - before.resets).toBe(isWrite && applied ? 1 : 0);
  });
});

describe('the pretend Partner Center', () => {
  it('gives every customer and every user once, page by page, and users as they are', async () => {
    const { customers } = connect();
    const read = await Array.fromAsync(customers.query(buildIndexedQuery({ size: 7 })));
    expect(read.map(({ id }) => id)).toEqual(pretend.data.customers.map(({ id }) => id));
    const users = await Array.fromAsync(customers.byId(customerId).users.query(buildIndexedQuery({ size: 9 })));
    const expected = pretend.data.users(customerId)?.slice('active', undefined, 0, 1000) ?? [];
    expect(users.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(users.map((user) => [user.userDomainType, user.lastDirectorySyncTime !== undefined])).toEqual(
      expected.map((user) => [user.userDomainType, user.lastDirectorySyncTime !== null]),
    );
  });

  it('filters customers by name and domain, and gives deleted users in an order', async () => {
    const { customers } = connect();
    const named = buildIndexedQuery({ size: 1, filter: simpleFieldFilter('CompanyName', 'starts_with', 'northWIND') });
    const found = await Array.fromAsync(customers.query(named));
    expect(found.map(({ companyProfile }) => companyProfile.domain)).toEqual(
      expect.arrayContaining(['northwindtraders.onmicrosoft.com', 'northwindtraders-eu.onmicrosoft.com']),
    );
    const filter = simpleFieldFilter('UserState', 'equals', 'Inactive');
    const sort = { field: 'displayName', direction: 'ascending' } as const;
    const deleted = await Array.fromAsync(
      customers.byId(customerId).users.query(buildIndexedQuery({ size: 2, filter, sort })),
    );
    expect(deleted.map(({ displayName }) => displayName)).toContain('Lynne Robbins');
    expect(new Set(deleted.map(({ state }) => state))).toEqual(new Set(['inactive']));
  });

  it('keeps the pages of a list going where a next link repeats or leads elsewhere', async () => {
    const { customers } = connect();
    pretend.faults.next({ fault: { kind: 'next-repeats' }, times: 9 });
    const before = pretend.calls.length;
    expect(await Array.fromAsync(customers.query(buildIndexedQuery({ size: 3 })))).toHaveLength(3);
    expect(pretend.calls.length - before).toBe(1);
    pretend.faults.clear();
    pretend.faults.next({ fault: { kind: 'next-elsewhere', origin: 'http://127.0.0.1:9' } });
    expect(await Array.fromAsync(customers.query(buildIndexedQuery({ size: 7 })))).toHaveLength(
      pretend.data.customers.length,
    );
  });

  it('has the password that was sent, sent once, and once more where a lost answer is asked for again', async () => {
    const user = connect().customers.byId(customerId).users.byId(userId);
    const secret = new Secret('CANARY-Lantern-Copper-58');
    const before = pretend.resetCount(customerId, userId);
    pretend.faults.next({ method: 'PATCH', fault: { kind: 'disconnect', effect: 'applied' } });
    const options = { requestId, mayRepeat: true, freshConnection: true };
    const receipt = await user.resetPassword({ password: secret, forceChangePassword: true }, options);
    expect(receipt).toMatchObject({ tries: 2, requestId, correlationId, user: { id: userId } });
    expect(pretend.resetCount(customerId, userId) - before).toBe(2);
    expect(pretend.passwordMatches(customerId, userId, secret)).toBe(true);
    const ports = pretend.calls.slice(-2).map(({ remotePort }) => remotePort);
    expect(new Set(ports).size).toBe(2);
  });

  it('accepts a fresh token after it refused one, for the same request', async () => {
    const tokens = ['stale', 'sandbox'];
    const credentials = { getToken: async () => new Secret(tokens.shift() ?? 'stale') };
    const before = pretend.calls.length;
    const user = connect({ credentials }).customers.byId(customerId).users.byId(userId);
    expect(await user.resetPassword(profile, { requestId })).toMatchObject({ tries: 2 });
    const seen = pretend.calls.slice(before);
    expect(seen.map(({ status }) => status)).toEqual([401, 200]);
    expect(seen.map((call) => call.requestId)).toEqual([requestId, requestId]);
  });

  it('refuses a password that Entra would not take, and nothing is set', async () => {
    const user = connect().customers.byId(customerId).users.byId(userId);
    const before = pretend.resetCount(customerId, userId);
    const weak = { password: new Secret('Ab1'), forceChangePassword: true } as const;
    await expect(user.resetPassword(weak)).rejects.toMatchObject({ code: 'invalid-property', effect: 'none' });
    expect(pretend.resetCount(customerId, userId)).toBe(before);
  });

  it('is what the example runs against', async () => {
    const said: string[] = [];
    await runExample(baseUrl, (line) => said.push(line));
    expect(said).toHaveLength(2);
    expect(said[1]).toMatch(/^They have a new password and are now called .* \(updated\)\.$/);
  });
});
