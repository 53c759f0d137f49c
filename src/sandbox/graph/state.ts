import type { PretendCustomer } from '../data/customers.ts';
import type { PartnerRole } from '../data/directory-roles.ts';
import type { PretendData } from '../data/pretend-data.ts';
import type { Call } from '../loopback-http.ts';
import type { Accounts } from '../partner-center/accounts.ts';
import type { createResetOperations } from './reset-operations.ts';
import { describePerson, type GraphPerson, type PretendTenant } from './tenants-and-people.ts';
import type { createUsersDelta } from './users-delta.ts';

/** What the calls of a pretend Graph work with. */
export type GraphState = {
  readonly data: PretendData;
  readonly accounts: Accounts;
  readonly now: () => number;
  /** Whose token a call bears, in small letters; undefined for a token of no tenant. */
  readonly tenantOf: (call: Call) => string | undefined;
  readonly newId: () => string;
  /** The address up to `/v1.0`. */
  readonly root: () => string;
  readonly partnerRole: PartnerRole;
  readonly operations: ReturnType<typeof createResetOperations>;
  readonly delta: ReturnType<typeof createUsersDelta>;
  /** When the sessions of a user were revoked, by id. */
  readonly revoked: Map<string, number>;
  /** The passes that were made, by user. */
  readonly passes: Map<string, readonly PretendPass[]>;
  /** Notes what a pass that was made is. */
  readonly notePass: (pass: string) => void;
};

export type PretendPass = {
  readonly id: string;
  readonly startDateTime: string;
  readonly lifetimeInMinutes: number;
  readonly isUsableOnce: boolean;
};

export type Context = { readonly customer: PretendCustomer; readonly tenant: PretendTenant; readonly call: Call };

export function findPerson(
  { data, accounts, revoked, now }: GraphState,
  customer: PretendCustomer,
  id: string,
): GraphPerson | undefined {
  const user = data.user(customer.id, id);
  if (user?.state !== 'active') return undefined;
  const done = {
    passwordChangedAt: accounts.changedAt(customer.id, user.id),
    sessionsRevokedAt: revoked.get(user.id),
  };
  return describePerson(customer, user, now(), done);
}
