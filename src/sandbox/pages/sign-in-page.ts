import { Secret } from '../../base/index.ts';
import { type Answer, type Call, jsonAnswer, type JsonObject, readJsonObject, textAnswer } from '../loopback-http.ts';
import type { Accounts, SignInResult } from '../partner-center/accounts.ts';
import { htmlAnswer, renderPage } from './page-layout.ts';
import type { SandboxPage } from './pages-server.ts';

/** The page on which one signs in as the user would. */
export function createSignInPage(accounts: Accounts): SandboxPage {
  return {
    path: '/sign-in',
    name: 'Sign in',
    what: 'to try the new password',
    answer: (call) =>
      call.path === '/sign-in' ? answerSignIn(accounts, call) : textAnswer(404, 'There is nothing here.'),
  };
}

/** `GET` and `POST /sign-in`: says whether a password signs in, as JSON where that is asked for, else as a page. */
function answerSignIn(accounts: Accounts, call: Call): Answer {
  if (call.method === 'GET') return pageAnswer(200, undefined);
  if (call.method !== 'POST') return { status: 405, headers: { Allow: 'GET, POST' }, body: { kind: 'none' } };
  const wantsJson = (call.headers['accept'] ?? '').includes('application/json');
  const sent = readCredentials(call);
  if (sent === undefined) {
    const message = 'Send userPrincipalName and password, as a form or as JSON.';
    return wantsJson ? jsonAnswer(400, { message }) : pageAnswer(400, message);
  }
  const result = accounts.signIn(sent.userPrincipalName, sent.password);
  return wantsJson ? jsonAnswer(200, formatFacts(result)) : pageAnswer(200, formatSentence(result));
}

function readCredentials(call: Call): { readonly userPrincipalName: string; readonly password: Secret } | undefined {
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

function formatFacts(result: SignInResult): JsonObject {
  switch (result.kind) {
    case 'signed-in':
      return { signsIn: true, mustChangePassword: result.mustChangePassword };
    case 'refused':
      return { signsIn: false };
    case 'blocked':
      return { signsIn: false, blocked: true };
    case 'locked':
      return { signsIn: false, lockedForSeconds: result.forSeconds };
  }
}

function formatSentence(result: SignInResult): string {
  switch (result.kind) {
    case 'signed-in':
      return result.mustChangePassword
        ? 'That is right. Now you would choose a new password.'
        : 'That is right. You would be signed in.';
    case 'refused':
      return 'Your account or password is incorrect.';
    case 'blocked':
      return 'Your account has been locked. Contact your support person to unlock it, then try again. (AADSTS50057: the user account is disabled. The password is right; sign-in is blocked for the account.)';
    case 'locked':
      return `Too many wrong tries. The account is locked for ${result.forSeconds === 1 ? '1 second' : `${result.forSeconds} seconds`}.`;
  }
}

/** `message` says how the last attempt went. */
function pageAnswer(status: number, message: string | undefined): Answer {
  const body = `<p>Try a temporary password here, as the user would. Nothing leaves this machine.</p>
${message === undefined ? '' : `<p role="status" id="result">${message}</p>`}
<form method="post" action="/sign-in">
<label for="userPrincipalName">User name</label>
<input id="userPrincipalName" name="userPrincipalName" autocomplete="off" spellcheck="false" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="off" required>
<button type="submit">Sign in</button>
</form>`;
  return htmlAnswer(status, renderPage({ title: 'Pretend sign-in', body }));
}
