import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Clock, Secret } from '../../base/index.ts';
import type { PretendData } from '../data/pretend-data.ts';
import { type Answer, type Call, type JsonObject, readJsonObject } from '../loopback-http.ts';

/** What became of an attempt to sign in. */
type SignInResult =
  | { readonly kind: 'signed-in'; readonly mustChangePassword: boolean }
  | { readonly kind: 'refused' }
  | { readonly kind: 'locked'; readonly forSeconds: number };

/** The passwords that were set. Only salted hashes are kept; before a reset a user's password is unknown. */
export type Accounts = {
  setPassword(customerId: string, userId: string, password: Secret): void;
  requireChange(customerId: string, userId: string): void;
  /** When a password was last set, in milliseconds since 1970; undefined where none was. */
  changedAt(customerId: string, userId: string): number | undefined;
  /** Whether this is the user's password now. */
  passwordMatches(customerId: string, userId: string, password: Secret): boolean;
  /** How often a password was set, the same one again included. */
  resetCount(customerId: string, userId: string): number;
  /** How many different passwords were set. */
  distinctPasswords(customerId: string, userId: string): number;
  signIn(userPrincipalName: string, password: Secret): SignInResult;
};

type Account = {
  readonly customerId: string;
  readonly userId: string;
  readonly salt: Buffer;
  readonly hashes: Set<string>;
  current: Buffer | undefined;
  mustChange: boolean;
  resets: number;
  changedAt: number | undefined;
  wrongTries: number;
  lockouts: number;
  lockedUntil: number;
};

const maxWrongTries = 10;
const firstLockMilliseconds = 60_000;

/**
 * Keeps accounts as Entra does. Ten wrong tries lock one for a minute, and each further try for twice as long as the last.
 * A reset unlocks it. https://learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout
 */
export function createAccounts(data: PretendData, clock: Clock): Accounts {
  const accounts = new Map<string, Account>();
  const keyOf = (customerId: string, userId: string): string => `${customerId}/${userId}`.toLowerCase();
  const find = (customerId: string, userId: string): Account | undefined => accounts.get(keyOf(customerId, userId));
  const open = (customerId: string, userId: string): Account => {
    const account = find(customerId, userId) ?? createAccount(customerId, userId);
    accounts.set(keyOf(customerId, userId), account);
    return account;
  };
  const named = (userPrincipalName: string): Account | undefined =>
    [...accounts.values()].find(
      ({ customerId, userId }) =>
        data.user(customerId, userId)?.userPrincipalName.toLowerCase() === userPrincipalName.trim().toLowerCase(),
    );
  return {
    setPassword(customerId, userId, password) {
      const account = open(customerId, userId);
      account.current = hashPassword(account.salt, password);
      account.hashes.add(account.current.toString('base64'));
      account.resets += 1;
      account.changedAt = clock.now();
      Object.assign(account, { mustChange: true, wrongTries: 0, lockouts: 0, lockedUntil: 0 });
    },
    requireChange(customerId, userId) {
      open(customerId, userId).mustChange = true;
    },
    changedAt: (customerId, userId) => find(customerId, userId)?.changedAt,
    passwordMatches: (customerId, userId, password) => isPasswordOf(find(customerId, userId), password),
    resetCount: (customerId, userId) => find(customerId, userId)?.resets ?? 0,
    distinctPasswords: (customerId, userId) => find(customerId, userId)?.hashes.size ?? 0,
    signIn(userPrincipalName, password) {
      const account = named(userPrincipalName);
      if (account === undefined) return { kind: 'refused' };
      const now = clock.now();
      if (account.lockedUntil > now) {
        return { kind: 'locked', forSeconds: Math.ceil((account.lockedUntil - now) / 1000) };
      }
      if (isPasswordOf(account, password)) {
        account.wrongTries = 0;
        account.lockouts = 0;
        return { kind: 'signed-in', mustChangePassword: account.mustChange };
      }
      account.wrongTries += 1;
      if (account.wrongTries < maxWrongTries) return { kind: 'refused' };
      const milliseconds = firstLockMilliseconds * 2 ** Math.min(account.lockouts, 10);
      account.lockouts += 1;
      account.lockedUntil = now + milliseconds;
      return { kind: 'locked', forSeconds: milliseconds / 1000 };
    },
  };
}

function createAccount(customerId: string, userId: string): Account {
  const counts = { resets: 0, wrongTries: 0, lockouts: 0, lockedUntil: 0 };
  return {
    customerId,
    userId,
    salt: randomBytes(16),
    hashes: new Set(),
    current: undefined,
    changedAt: undefined,
    mustChange: false,
    ...counts,
  };
}

function isPasswordOf(account: Account | undefined, password: Secret): boolean {
  return account?.current !== undefined && timingSafeEqual(account.current, hashPassword(account.salt, password));
}

function hashPassword(salt: Buffer, password: Secret): Buffer {
  return password.reveal((text) => createHash('sha256').update(salt).update(text, 'utf8').digest());
}

/** `GET` and `POST /sign-in`: says whether a password signs in, as JSON where that is asked for, else as a page. */
export function answerSignIn(accounts: Accounts, call: Call): Answer {
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
    case 'locked':
      return `Too many wrong tries. The account is locked for ${result.forSeconds} seconds.`;
  }
}

function pageAnswer(status: number, message: string | undefined): Answer {
  return { status, body: { kind: 'text', type: 'text/html; charset=utf-8', text: renderSignInPage(message) } };
}

function jsonAnswer(status: number, facts: JsonObject): Answer {
  return { status, body: { kind: 'json', json: facts } };
}

/** The pretend sign-in as a page; `message` says how the last attempt went. */
function renderSignInPage(message: string | undefined): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pretend sign-in</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1rem; }
  label { display: block; margin-top: 1rem; }
  input { font: inherit; box-sizing: border-box; width: 100%; padding: 0.5rem; }
  button { font: inherit; margin-top: 1.25rem; padding: 0.5rem 1.5rem; }
</style>
</head>
<body>
<main>
<h1>Pretend sign-in</h1>
<p>Try a temporary password here, as the user would. Nothing leaves this machine.</p>
${message === undefined ? '' : `<p role="status" id="result">${message}</p>`}
<form method="post" action="/sign-in">
<label for="userPrincipalName">User name</label>
<input id="userPrincipalName" name="userPrincipalName" autocomplete="off" spellcheck="false" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="off" required>
<button type="submit">Sign in</button>
</form>
</main>
</body>
</html>
`;
}
