import { createHash } from 'node:crypto';

/** Somebody the policy names: one person, the members of an Entra group, or everyone. Ids are in lower case. */
export type Principal =
  | { readonly kind: 'person'; readonly objectId: string }
  | { readonly kind: 'group'; readonly objectId: string }
  | { readonly kind: 'everyone' };

/** What may be said otherwise for one customer. */
type CustomerPolicy = {
  readonly technicians?: readonly Principal[];
  readonly ticket?: Policy['ticket'];
  readonly approval?: Policy['approval'];
};

/** Who may do what, and within which limits. `customers` is keyed by tenant id in lower case. */
export type Policy = {
  readonly technicians: readonly Principal[];
  readonly approvers: readonly Principal[];
  readonly auditors: readonly Principal[];
  readonly verification: { readonly required: boolean; readonly methods: readonly string[] };
  readonly ticket: 'required' | 'optional' | 'off';
  readonly approval: 'always' | 'privileged' | 'never';
  readonly privilegedTargets: 'approve' | 'deny';
  readonly synchronisedUsers: 'deny' | 'warn';
  readonly limits: {
    readonly perTechnicianPerHour: number;
    readonly perCustomerPerHour: number;
    readonly perUserPerDay: number;
    readonly overallPerHour: number;
  };
  readonly customers: Readonly<Record<string, CustomerPolicy>>;
  readonly showPasswordForMinutes: number;
  readonly confirmWithinMinutes: number;
  readonly approveWithinMinutes: number;
};

/** The policy as it holds for the customer with this tenant id: its own settings in place of the general ones. */
export function policyForCustomer(policy: Policy, tenantId: string): Policy {
  const key = tenantId.toLowerCase();
  return Object.hasOwn(policy.customers, key) ? { ...policy, ...policy.customers[key] } : policy;
}

/** Names a policy in the trail: SHA-256, in hex, of its JSON with every key in order. Equal policies have equal hashes. */
export function hashPolicy(policy: Policy): string {
  return createHash('sha256').update(JSON.stringify(policy, sortKeys)).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whose confirmed requests a limit counts. */
export type LimitKind = 'technician' | 'customer' | 'user' | 'overall';

/** At most `most` confirmed requests within a window that slides and ends now. */
export type Limit = { readonly kind: LimitKind; readonly most: number; readonly windowMilliseconds: number };

/** A limit that is reached, and when there will be room again: milliseconds since 1970 in UTC. */
export type ReachedLimit = { readonly limit: Limit; readonly againAt: number };

const hourMilliseconds = 60 * 60_000;

/** The limits that a confirmation is held against: 60 minutes for everything but one user, and 24 hours for that. */
export function limitsOf({ limits }: Pick<Policy, 'limits'>): readonly Limit[] {
  return [
    { kind: 'technician', most: limits.perTechnicianPerHour, windowMilliseconds: hourMilliseconds },
    { kind: 'customer', most: limits.perCustomerPerHour, windowMilliseconds: hourMilliseconds },
    { kind: 'user', most: limits.perUserPerDay, windowMilliseconds: 24 * hourMilliseconds },
    { kind: 'overall', most: limits.overallPerHour, windowMilliseconds: hourMilliseconds },
  ];
}
