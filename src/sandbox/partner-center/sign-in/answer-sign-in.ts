import { Secret } from '../../../secret.ts';
import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import type { JsonObject } from '../http/json.ts';
import { readJsonObject } from '../http/read-json-object.ts';
import type { Accounts, SignInResult } from './create-accounts.ts';
import { signInPage } from './sign-in-page.ts';

/** `GET` and `POST /sign-in`: says whether a password signs in, as JSON where that is asked for, else as a page. */
export function answerSignIn(accounts: Accounts, call: Call): Answer {
  if (call.method === 'GET') return page(200, undefined);
  if (call.method !== 'POST') return { status: 405, headers: { Allow: 'GET, POST' }, body: { kind: 'none' } };
  const wantsJson = (call.headers['accept'] ?? '').includes('application/json');
  const sent = readSent(call);
  if (sent === undefined) {
    const message = 'Send userPrincipalName and password, as a form or as JSON.';
    return wantsJson ? json(400, { message }) : page(400, message);
  }
  const result = accounts.signIn(sent.userPrincipalName, sent.password);
  return wantsJson ? json(200, factsOf(result)) : page(200, sentenceOf(result));
}

function readSent(call: Call): { readonly userPrincipalName: string; readonly password: Secret } | undefined {
  const type = call.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const { userPrincipalName, password } = readJsonObject(call.body) ?? {};
    if (typeof userPrincipalName !== 'string' || typeof password !== 'string') return undefined;
    return { userPrincipalName, password: new Secret(password) };
  }
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined;
  const form = new URLSearchParams(call.body);
  const [userPrincipalName, password] = [form.get('userPrincipalName'), form.get('password')];
  if (userPrincipalName === null || password === null) return undefined;
  return { userPrincipalName, password: new Secret(password) };
}

function factsOf(result: SignInResult): JsonObject {
  switch (result.kind) {
    case 'signed-in':
      return { signsIn: true, mustChangePassword: result.mustChangePassword };
    case 'refused':
      return { signsIn: false };
    case 'locked':
      return { signsIn: false, lockedForSeconds: result.forSeconds };
  }
}

function sentenceOf(result: SignInResult): string {
  switch (result.kind) {
    case 'signed-in':
      return result.mustChangePassword
        ? 'That is right. Now you would choose a new password.'
        : 'That is right. You would be signed in.';
    case 'refused':
      return 'Your account or password is incorrect.';
    case 'locked':
      return `Too many wrong tries. The account is locked for ${result.forSeconds} seconds.`;
  }
}

function page(status: number, message: string | undefined): Answer {
  return { status, body: { kind: 'text', type: 'text/html; charset=utf-8', text: signInPage(message) } };
}

function json(status: number, facts: JsonObject): Answer {
  return { status, body: { kind: 'json', json: facts } };
}
