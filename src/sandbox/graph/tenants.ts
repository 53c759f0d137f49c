import type { PretendCustomer } from '../partner-center/data/customers.ts';
import { mixSeed } from '../partner-center/data/seeded-random.ts';

/** Delegated scopes of Microsoft Graph that Locksmith asks for. */
export type Scope =
  | 'User.Read.All'
  | 'RoleManagement.Read.Directory'
  | 'RoleEligibilitySchedule.Read.Directory'
  | 'GroupMember.Read.All'
  | 'UserAuthenticationMethod.ReadWrite.All'
  | 'UserAuthMethod-TAP.ReadWrite.All'
  | 'User.RevokeSessions.All';

/** What a customer's tenant permits, and what it has bought. */
export type PretendTenant = {
  /** Whether the application is consented there. Without it Graph knows no identity. */
  readonly isConsented: boolean;
  /** Scopes that are missing in the consent. */
  readonly missing: ReadonlySet<Scope>;
  /** Whether it has Entra ID P2, without which eligible roles cannot be read. */
  readonly hasP2: boolean;
  /** Whether its policy lets people use Temporary Access Passes. */
  readonly allowsPasses: boolean;
  /** The shortest lifetime that its policy lets a pass have. */
  readonly shortestPassMinutes: number;
};

const everything: PretendTenant = {
  isConsented: true,
  missing: new Set(),
  hasP2: true,
  allowsPasses: true,
  shortestPassMinutes: 60,
};

/** Customers written by hand, by their domain: each shows another case. */
const known: Readonly<Record<string, PretendTenant>> = {
  'contosobikes.onmicrosoft.com': everything,
  'northwindtraders.onmicrosoft.com': { ...everything, hasP2: false, allowsPasses: false, shortestPassMinutes: 10 },
  'northwindtraders-eu.onmicrosoft.com': {
    ...everything,
    missing: new Set<Scope>(['UserAuthenticationMethod.ReadWrite.All', 'UserAuthMethod-TAP.ReadWrite.All']),
  },
  'wideworldimporters.onmicrosoft.com': { ...everything, isConsented: false },
};

/** What the tenant of a customer permits. Of those that are made up, two of three have consented, and half have P2. */
export function tenantOf(customer: PretendCustomer): PretendTenant {
  const draw = mixSeed(customer.seed, 'graph');
  return (
    known[customer.domain] ?? {
      ...everything,
      isConsented: draw % 3 !== 0,
      hasP2: (draw >>> 4) % 2 === 0,
      allowsPasses: (draw >>> 8) % 2 === 0,
    }
  );
}
