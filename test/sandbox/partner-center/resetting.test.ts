import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import type { Json } from '../../../src/sandbox/loopback-http.ts';
import type { PretendPartnerCenterOptions } from '../../../src/sandbox/partner-center/index.ts';
import { personAt, resetBody, type Running, startPretend } from './start-pretend.ts';

const password = 'Marble-CANARY-otter-7';

let running: Running;
beforeEach(async () => {
  running = await startPretend();
});
afterEach(async () => {
  await running.pretend.close();
});

async function restart(options: PretendPartnerCenterOptions): Promise<void> {
  await running.pretend.close();
  running = await startPretend(options);
}

const person = (nickname: string, domain?: string) => personAt(running, nickname, domain);

function patch(path: string, body: Json | string, headers: Record<string, string | undefined> = {}) {
  return running.send(path, { method: 'PATCH', body, headers });
}

describe('a reset', () => {
  it.each(['/resetpassword', ''])('sets the password, whichever address it comes to (%s)', async (rest) => {
    const { customer, user, path } = person('adele.vance');
    expect(running.pretend.passwordMatches(customer.id, user.id, new Secret(password))).toBe(false);
    const seen = await patch(path + rest, resetBody(password));
    expect(seen.status).toBe(200);
    expect(running.pretend.passwordMatches(customer.id, user.id, new Secret(password))).toBe(true);
    expect(running.pretend.passwordMatches(customer.id, user.id, new Secret('Other-CANARY-otter-7'))).toBe(false);
    expect(running.pretend.resetCount(customer.id, user.id)).toBe(1);
  });

  it('answers with the whole user, repeats the password, and says forceChangePassword false', async () => {
    const { customer, user, path } = person('adele.vance');
    const { json } = await patch(`${path}/resetpassword`, resetBody(password));
    expect(json).toEqual({
      usageLocation: customer.country,
      id: user.id,
      userPrincipalName: 'adele.vance@contosobikes.onmicrosoft.com',
      firstName: 'Adele',
      lastName: 'Vance',
      displayName: 'Adele Vance',
      passwordProfile: { forceChangePassword: false, password },
      lastDirectorySyncTime: null,
      userDomainType: user.userDomainType,
      state: 'active',
      softDeletionTime: null,
      links: { self: { uri: `/customers/${customer.id}/users/${user.id}`, method: 'GET', headers: [] } },
      attributes: { objectType: 'CustomerUser' },
    });
  });

  it('may come twice with the same request id and has the same result', async () => {
    const { customer, user, path } = person('adele.vance');
    const ids = { 'MS-RequestId': crypto.randomUUID() };
    const first = await patch(`${path}/resetpassword`, resetBody(password), ids);
    const second = await patch(`${path}/resetpassword`, resetBody(password), ids);
    expect(second).toMatchObject({ status: first.status, json: first.json });
    expect(running.pretend.resetCount(customer.id, user.id)).toBe(2);
    expect(running.pretend.distinctPasswords(customer.id, user.id)).toBe(1);
    await patch(`${path}/resetpassword`, resetBody('Other-CANARY-otter-7'));
    expect(running.pretend.distinctPasswords(customer.id, user.id)).toBe(2);
    expect(running.pretend.passwordMatches(customer.id, user.id, new Secret(password))).toBe(false);
  });

  const profile = { password, forceChangePassword: true };
  const attributes = { objectType: 'CustomerUser' };
  const badBodies: readonly (Json | string)[] = [
    '',
    '{',
    'null',
    '[]',
    '"CANARY"',
    { passwordProfile: profile },
    { attributes },
    { passwordProfile: null, attributes },
    { passwordProfile: [profile], attributes },
    { passwordProfile: password, attributes },
    { passwordProfile: { password }, attributes },
    { passwordProfile: { password, forceChangePassword: false }, attributes },
    { passwordProfile: { password, forceChangePassword: 'true' }, attributes },
    { passwordProfile: { password: 12_345_678, forceChangePassword: true }, attributes },
    { passwordProfile: { password: null, forceChangePassword: true }, attributes },
    { passwordProfile: { forceChangePassword: true }, attributes },
    { passwordProfile: { ...profile, passwordAgain: password }, attributes },
    { passwordProfile: profile, attributes: {} },
    { passwordProfile: profile, attributes: { objectType: 'User' } },
    { passwordProfile: profile, attributes: { ...attributes, etag: '1' } },
    { passwordProfile: profile, attributes, displayName: 'Adele Vance' },
    { PasswordProfile: { Password: password, ForceChangePassword: true }, Attributes: { ObjectType: 'CustomerUser' } },
  ];
  it.each(badBodies.map((body) => [typeof body === 'string' ? body : JSON.stringify(body), body] as const))(
    'is refused with the body %s',
    async (_text, body) => {
      const { customer, user, path } = person('adele.vance');
      const seen = await patch(`${path}/resetpassword`, body);
      expect(seen).toMatchObject({ status: 400, json: { code: 2000 } });
      expect(seen.text).not.toContain('CANARY');
      expect(running.pretend.resetCount(customer.id, user.id)).toBe(0);
    },
  );

  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16'])(
    'is refused where its body is said to be %s',
    async (type) => {
      const { path } = person('adele.vance');
      const seen = await patch(`${path}/resetpassword`, resetBody(password), { 'Content-Type': type });
      expect(seen).toMatchObject({ status: 415, json: { code: 2000 } });
    },
  );

  it('is refused where its body is packed', async () => {
    const { path } = person('adele.vance');
    const seen = await patch(`${path}/resetpassword`, resetBody(password), { 'Content-Encoding': 'gzip' });
    expect(seen.status).toBe(415);
  });

  it.each([
    ['somebody whose password lives elsewhere', 'johanna.lorenz', 'contosobikes.example', 400, 3000],
    ['a guest', 'lee.gu_fabrikam.example#EXT#', undefined, 400, 3000],
    ['somebody from a local directory', 'diego.siciliani', undefined, 400, 3000],
    ['somebody deleted', 'lynne.robbins', undefined, 404, 60_002],
  ])('of %s is refused', async (_who, nickname, domain, status, code) => {
    const { customer, user, path } = person(nickname, domain);
    expect(await patch(`${path}/resetpassword`, resetBody(password))).toMatchObject({ status, json: { code } });
    expect(running.pretend.resetCount(customer.id, user.id)).toBe(0);
  });

  it('of somebody from a local directory goes through where the pretend is told so', async () => {
    await restart({ synchronisedUsers: 'accept' });
    expect((await patch(`${person('diego.siciliani').path}/resetpassword`, resetBody(password))).status).toBe(200);
  });

  it('of an administrator goes through, but not for a mere User Administrator', async () => {
    expect((await patch(`${person('megan.bowen').path}/resetpassword`, resetBody(password))).status).toBe(200);
    await restart({ partnerRole: 'User Administrator' });
    expect(await patch(`${person('megan.bowen').path}/resetpassword`, resetBody(password))).toMatchObject({
      status: 403,
      json: { code: 900_308 },
    });
    expect((await patch(`${person('adele.vance').path}/resetpassword`, resetBody(password))).status).toBe(200);
  });

  it('leaves nothing of the password in what is recorded', async () => {
    const { inspect } = await import('node:util');
    await patch(`${person('adele.vance').path}/resetpassword`, resetBody(password));
    const known = inspect(running.pretend, { depth: 20, showHidden: true }) + JSON.stringify(running.pretend.calls);
    expect(known).not.toContain('CANARY');
  });
});
