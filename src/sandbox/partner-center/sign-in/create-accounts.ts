import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Secret } from '../../../secret.ts';
import type { PretendData } from '../data/create-pretend-data.ts';

/** What became of an attempt to sign in. */
export type SignInResult =
  | { readonly kind: 'signed-in'; readonly mustChangePassword: boolean }
  | { readonly kind: 'refused' }
  | { readonly kind: 'locked'; readonly forSeconds: number };

/** The passwords that were set. Only salted hashes are kept; before a reset nobody knows a user's password. */
export type Accounts = {
  setPassword(customerId: string, userId: string, password: Secret): void;
  requireChange(customerId: string, userId: string): void;
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
  wrongTries: number;
  lockouts: number;
  lockedUntil: number;
};

const triesBeforeLock = 10;
const lockMilliseconds = 60_000;

/**
 * Keeps accounts as Entra does: ten wrong tries lock one for a minute, each further one for twice as long as the last;
 * a reset unlocks it. https://learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout
 */
export function createAccounts(data: PretendData, clock: Clock): Accounts {
  const accounts = new Map<string, Account>();
  const keyOf = (customerId: string, userId: string): string => `${customerId}/${userId}`.toLowerCase();
  const find = (customerId: string, userId: string): Account | undefined => accounts.get(keyOf(customerId, userId));
  const open = (customerId: string, userId: string): Account => {
    const account = find(customerId, userId) ?? newAccount(customerId, userId);
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
      account.current = hash(account.salt, password);
      account.hashes.add(account.current.toString('base64'));
      account.resets += 1;
      Object.assign(account, { mustChange: true, wrongTries: 0, lockouts: 0, lockedUntil: 0 });
    },
    requireChange(customerId, userId) {
      open(customerId, userId).mustChange = true;
    },
    passwordMatches: (customerId, userId, password) => fits(find(customerId, userId), password),
    resetCount: (customerId, userId) => find(customerId, userId)?.resets ?? 0,
    distinctPasswords: (customerId, userId) => find(customerId, userId)?.hashes.size ?? 0,
    signIn(userPrincipalName, password) {
      const account = named(userPrincipalName);
      if (account === undefined) return { kind: 'refused' };
      const now = clock.now();
      if (account.lockedUntil > now) {
        return { kind: 'locked', forSeconds: Math.ceil((account.lockedUntil - now) / 1000) };
      }
      if (fits(account, password)) {
        account.wrongTries = 0;
        account.lockouts = 0;
        return { kind: 'signed-in', mustChangePassword: account.mustChange };
      }
      account.wrongTries += 1;
      if (account.wrongTries < triesBeforeLock) return { kind: 'refused' };
      const milliseconds = lockMilliseconds * 2 ** Math.min(account.lockouts, 10);
      account.lockouts += 1;
      account.lockedUntil = now + milliseconds;
      return { kind: 'locked', forSeconds: milliseconds / 1000 };
    },
  };
}

function newAccount(customerId: string, userId: string): Account {
  const counts = { resets: 0, wrongTries: 0, lockouts: 0, lockedUntil: 0 };
  return {
    customerId,
    userId,
    salt: randomBytes(16),
    hashes: new Set(),
    current: undefined,
    mustChange: false,
    ...counts,
  };
}

function fits(account: Account | undefined, password: Secret): boolean {
  return account?.current !== undefined && timingSafeEqual(account.current, hash(account.salt, password));
}

function hash(salt: Buffer, password: Secret): Buffer {
  return password.reveal((text) => createHash('sha256').update(salt).update(text, 'utf8').digest());
}
