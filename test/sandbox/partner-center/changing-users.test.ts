import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/sandbox/loopback-http.ts';
import { personAt, type Running, startPretend } from './start-pretend.ts';

let running: Running;
beforeEach(async () => {
  running = await startPretend();
});
afterEach(async () => {
  await running.pretend.close();
});

const person = (nickname: string, domain?: string) => personAt(running, nickname, domain);

function patch(path: string, body: Json | string, headers: Record<string, string | undefined> = {}) {
  return running.send(path, { method: 'PATCH', body, headers });
}

describe('a change of a user', () => {
  const attributes = { objectType: 'CustomerUser' };

  it('takes names and a country, and shows them from then on', async () => {
    const { customer, user, path } = person('adele.vance');
    const seen = await patch(path, { displayName: 'Adele V. Vance', usageLocation: 'SE', attributes });
    expect(seen).toMatchObject({ status: 200, json: { displayName: 'Adele V. Vance', usageLocation: 'SE' } });
    expect((await running.send(path)).json).toMatchObject({ displayName: 'Adele V. Vance', firstName: 'Adele' });
    expect(running.pretend.resetCount(customer.id, user.id)).toBe(0);
  });

  it('restores a deleted user, as the documentation writes it', async () => {
    const { customer, path } = person('lynne.robbins');
    const before = (await running.send(`/v1/customers/${customer.id}/users?size=1`)).json;
    const seen = await patch(path, { State: 'active', Attributes: { ObjectType: 'CustomerUser' } });
    expect(seen).toMatchObject({ status: 200, json: { state: 'active', softDeletionTime: null } });
    const after = (await running.send(`/v1/customers/${customer.id}/users?size=1`)).json;
    const countOf = (json: Json | undefined) => Number(JSON.stringify(json).match(/"totalCount":(\d+)/)?.[1]);
    expect(countOf(after)).toBe(countOf(before) + 1);
  });

  it('demands a new password without setting one', async () => {
    const { customer, user, path } = person('adele.vance');
    expect((await patch(path, { passwordProfile: { forceChangePassword: true }, attributes })).status).toBe(200);
    expect(running.pretend.resetCount(customer.id, user.id)).toBe(0);
  });

  it.each([
    [{ displayName: 5, attributes }, 2000],
    [{ displayName: '', attributes }, 2000],
    [{ state: 'inactive', attributes }, 2000],
    [{ nickname: 'x', attributes }, 2000],
    [{ displayName: 'x' }, 2000],
    [{ userPrincipalName: 'adele@elsewhere.example', attributes }, 3000],
  ] as const)('is refused with the body %j', async (body, code) => {
    expect(await patch(person('adele.vance').path, body)).toMatchObject({ status: 400, json: { code } });
  });
});
