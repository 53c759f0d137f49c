import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Clock, Secret } from '../../base/index.ts';
import type { PretendData } from '../data/pretend-data.ts';
import { isSignInBlocked } from '../data/users.ts';

/** What became of an attempt to sign in. */
export type SignInResult =
  | { readonly kind: 'signed-in'; readonly mustChangePassword: boolean }
  | { readonly kind: 'refused' }
  /** The password is right, and sign-in is blocked for the account. */
  | { readonly kind: 'blocked' }
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
 * A reset unlocks it, and does not lift a block of the sign-in. https://learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout
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
  const isBlocked = ({ customerId, userId }: Account): boolean => {
    const [customer, user] = [data.customer(customerId), data.user(customerId, userId)];
    return customer !== undefined && user !== undefined && isSignInBlocked(customer, user);
  };
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
        if (isBlocked(account)) return { kind: 'blocked' };
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
