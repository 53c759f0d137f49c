import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findPerson } from '../../../src/sandbox/partner-center/index.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { type SandboxPages, startPages } from '../../../src/sandbox/pages/pages-server.ts';
import { createSignInPage } from '../../../src/sandbox/pages/sign-in-page.ts';
import { resetBody, type Running, startPretend } from '../partner-center/start-pretend.ts';

const userPrincipalName = 'adele.vance@contosobikes.onmicrosoft.com';
const password = 'Marble-CANARY-otter-7';

let running: Running;
let pages: SandboxPages;
let clock: HandClock;
beforeEach(async () => {
  clock = createHandClock();
  running = await startPretend({ clock });
  pages = await startPages({ port: 0, pages: [createSignInPage(running.pretend.accounts)] });
});
afterEach(async () => {
  await pages.stop();
  await running.pretend.close();
});

async function reset(address = userPrincipalName): Promise<void> {
  const { customer, user } = findPerson(running.pretend.data, address);
  const path = `/v1/customers/${customer.id}/users/${user.id}/resetpassword`;
  expect((await running.send(path, { method: 'PATCH', body: resetBody(password) })).status).toBe(200);
}

async function signIn(tried: string, as = userPrincipalName) {
  const body = { userPrincipalName: as, password: tried };
  return (await send('POST', JSON.stringify(body))).json();
}

async function send(method: string, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return fetch(`${pages.url}/sign-in`, { method, headers, body });
}

describe('the pretend sign-in', () => {
  it('takes the password that was set, and demands a new one', async () => {
    expect(await signIn(password)).toEqual({ signsIn: false });
    await reset();
    expect(await signIn(password)).toEqual({ signsIn: true, mustChangePassword: true });
    expect(await signIn(password, userPrincipalName.toUpperCase())).toMatchObject({ signsIn: true });
    expect(await signIn(password.toLowerCase())).toEqual({ signsIn: false });
    expect(await signIn(password, 'megan.bowen@contosobikes.onmicrosoft.com')).toEqual({ signsIn: false });
    expect(await signIn(password, 'nobody@nowhere.example')).toEqual({ signsIn: false });
  });

  it('refuses a person whose sign-in is blocked, with that reason, and only where the password is right', async () => {
    const blocked = 'enrico.cattaneo@contosobikes.onmicrosoft.com';
    await reset(blocked);
    expect(await signIn('wrong', blocked)).toEqual({ signsIn: false });
    expect(await signIn(password, blocked)).toEqual({ signsIn: false, blocked: true });
    const form = new URLSearchParams({ userPrincipalName: blocked, password });
    const page = await fetch(`${pages.url}/sign-in`, { method: 'POST', body: form });
    expect(await page.text()).toContain('sign-in is blocked for the account');
  });

  it('locks an account after ten wrong tries, for a minute and then for longer', async () => {
    await reset();
    for (let tries = 1; tries < 10; tries += 1) expect(await signIn(`wrong ${tries}`)).toEqual({ signsIn: false });
    expect(await signIn('wrong 10')).toEqual({ signsIn: false, lockedForSeconds: 60 });
    clock.advance(59_000);
    expect(await signIn(password)).toEqual({ signsIn: false, lockedForSeconds: 1 });
    clock.advance(1000);
    expect(await signIn('wrong 11')).toEqual({ signsIn: false, lockedForSeconds: 120 });
    clock.advance(120_000);
    expect(await signIn(password)).toMatchObject({ signsIn: true });
  });

  it('is unlocked by a reset', async () => {
    await reset();
    for (let tries = 1; tries <= 10; tries += 1) await signIn(`wrong ${tries}`);
    expect(await signIn(password)).toMatchObject({ signsIn: false });
    await reset();
    expect(await signIn(password)).toMatchObject({ signsIn: true });
  });

  it('is a page with a labelled form, which says how it went and nothing that was typed', async () => {
    await reset();
    const empty = await (await fetch(`${pages.url}/sign-in`)).text();
    expect(empty).toContain('<label for="password">');
    expect(empty).toContain('<html lang="en">');
    const form = new URLSearchParams({ userPrincipalName, password });
    const answer = await fetch(`${pages.url}/sign-in`, { method: 'POST', body: form });
    const page = await answer.text();
    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('role="status"');
    expect(page).toContain('choose a new password');
    expect(page).not.toContain('CANARY');
    expect(page).not.toContain('adele');
    form.set('password', '<b>wrong</b>');
    const wrong = await (await fetch(`${pages.url}/sign-in`, { method: 'POST', body: form })).text();
    expect(wrong).toContain('incorrect');
  });

  it.each([{}, { userPrincipalName }, { userPrincipalName, password: 5 }, [], 'null', '{', ''])(
    'refuses what is not a user name and a password (%j)',
    async (body) => {
      expect((await send('POST', typeof body === 'string' ? body : JSON.stringify(body))).status).toBe(400);
    },
  );

  it('knows no other method, and is no call to Partner Center', async () => {
    expect((await send('DELETE', '')).status).toBe(405);
    expect(running.pretend.calls).toEqual([]);
  });
});
