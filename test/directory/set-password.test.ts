import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CorrelationId, type CustomerId, type OperationId, type UserId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import { createPasswordSetting } from '../../src/directory/set-password.ts';
import { createPartner } from '../../src/partner-center/index.ts';
import type { PasswordSettingOutcome } from '../../src/reset/index.ts';
import { findPerson, type PretendFault } from '../../src/sandbox/partner-center/index.ts';
import { type Running, startPretend } from '../sandbox/partner-center/start-pretend.ts';

const password = new Secret('CANARY-Stapler-Violet-73');
const operationId = asId<OperationId>('b1317092-f087-471e-a637-f66523b2b94c');
const correlationId = asId<CorrelationId>('8a53b025-d5be-4d98-ab20-229d1813de76');
const page = (status: number, effect: 'none' | 'applied'): PretendFault => ({ kind: 'proxy-page', status, effect });
const body = (text: string): PretendFault => ({ kind: 'plain-text', status: 404, text, effect: 'none' });

let running: Running;
beforeEach(async () => {
  running = await startPretend({ quirks: true });
});
afterEach(() => running.pretend.close());

/** One attempt that meets these faults, one a call. */
async function attempt(
  faults: readonly PretendFault[],
  route: 'auto' | 'resetpassword' | 'user' = 'auto',
): Promise<{ readonly outcome: PasswordSettingOutcome; readonly paths: readonly string[]; readonly resets: number }> {
  const { pretend, url } = running;
  const { customer, user } = findPerson(pretend.data, 'adele.vance@contosobikes.onmicrosoft.com');
  const credentials = { getToken: () => Promise.resolve(new Secret('sandbox')) };
  const setPassword = createPasswordSetting({ partner: createPartner({ baseUrl: url, credentials }), route });
  for (const fault of faults) pretend.faults.next({ method: 'PATCH', fault });
  const before = { calls: pretend.calls.length, resets: pretend.resetCount(customer.id, user.id) };
  const outcome = await setPassword(
    { customer: asId<CustomerId>(customer.id), user: asId<UserId>(user.id), operationId, correlationId },
    password,
    AbortSignal.timeout(20_000),
  );
  const calls = pretend.calls.slice(before.calls);
  expect(new Set(calls.map(({ requestId }) => requestId))).toEqual(new Set([operationId]));
  return {
    outcome,
    paths: calls.map(({ path }) => path.split('/').at(-1) ?? '').map((last) => (last === user.id ? 'user' : last)),
    resets: pretend.resetCount(customer.id, user.id) - before.resets,
  };
}

describe('a password that is set by both addresses', () => {
  it.each([404, 405, 501] as const)('goes out by the second one after %i of an unknown address', async (status) => {
    expect(await attempt([{ kind: 'route-unknown', status }])).toEqual({
      outcome: { kind: 'applied' },
      paths: ['resetpassword', 'user'],
      resets: 1,
    });
  });

  it.each([
    '{"code":"ResourceNotFound","description":"The user does not exist."}',
    '{"error":{"code":"Request_ResourceNotFound","message":"Resource does not exist."}}',
    '{"code":"NotFound","message":"m","errorName":"UserNotFound","isRetryable":false}',
    '{"code":60002,"description":"User object Id is not found"}',
  ])('goes out by the first one alone where a 404 has a code: %s', async (text) => {
    const { outcome, paths, resets } = await attempt([body(text)]);
    expect(paths).toEqual(['resetpassword']);
    expect(resets).toBe(0);
    expect(outcome).toMatchObject({ kind: 'refused', trouble: { httpStatus: 404 } });
  });

  it('is proven by the second one after a page in place of the first, and unclear without that proof', async () => {
    expect(await attempt([page(404, 'none')])).toMatchObject({ outcome: { kind: 'applied' }, resets: 1 });
    const row = { status: 404, code: 60_002, description: 'User object Id is not found' };
    const refusal = { kind: 'partner-error', row } as const;
    for (const second of [page(404, 'none'), refusal, { kind: 'throttled', retryAfter: 'absent' } as const]) {
      const { outcome, paths } = await attempt([page(404, 'none'), second]);
      expect(outcome).toMatchObject({ kind: 'unknown' });
      expect(paths).toEqual(['resetpassword', 'user']);
    }
  });
});

describe('an answer that is not Partner Center’s', () => {
  it.each<[string, PretendFault, number]>([
    ['a page with 200', page(200, 'none'), 0],
    ['a page with 200 after the effect', page(200, 'applied'), 1],
    ['nothing with 200', { kind: 'empty', status: 200, effect: 'none' }, 0],
    ['nothing with 204', { kind: 'empty', status: 204, effect: 'none' }, 0],
    ['a text with 200', { kind: 'plain-text', status: 200, text: 'OK', effect: 'none' }, 0],
    ['a list with 200', { kind: 'as-list' }, 1],
    ['another user with 200', { kind: 'another-id' }, 1],
    ['half an answer', { kind: 'cut-off' }, 1],
    ['a page with 403', page(403, 'none'), 0],
  ])('leaves it unclear, and may be asked again: %s', async (_what, fault, resets) => {
    const after = await attempt([fault]);
    expect(after).toMatchObject({ outcome: { kind: 'unknown' }, paths: ['resetpassword'], resets });
    expect(after.outcome).not.toHaveProperty('repetition', 'useless');
    expect(await attempt([])).toMatchObject({ outcome: { kind: 'applied' } });
  });

  it.each([301, 302, 303, 307, 308] as const)('leaves it unclear and need not be asked again: %i', async (status) => {
    const redirect: PretendFault = { kind: 'redirect', location: `${running.url}/v1/customers`, status };
    const after = await attempt([redirect], 'resetpassword');
    expect(after).toMatchObject({
      outcome: { kind: 'unknown', repetition: 'useless', trouble: { httpStatus: status } },
      paths: ['resetpassword'],
      resets: 0,
    });
  });
});
