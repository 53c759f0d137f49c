import { createHash } from 'node:crypto';

/** Whom the policy names: one person, the members of an Entra group, everybody of a tenant, or everyone. Ids are in lower case. */
export type Principal =
  | { readonly kind: 'person'; readonly objectId: string }
  | { readonly kind: 'group'; readonly objectId: string }
  | { readonly kind: 'tenant'; readonly tenantId: string }
  | { readonly kind: 'everyone' };

/** The settings that one customer may have of its own. */
type CustomerPolicy = {
  readonly technicians?: readonly Principal[];
  readonly ticket?: Policy['ticket'];
  readonly approval?: Policy['approval'];
  readonly synchronisedUsers?: Policy['synchronisedUsers'];
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
  readonly synchronisedUsers: 'deny' | 'warn' | 'writeback';
  /** What the requester may do after a reset, by Microsoft Graph. */
  readonly followUps: { readonly signOut: 'allow' | 'off'; readonly accessPass: 'allow' | 'off' };
  readonly ticketMismatch: 'warn' | 'approve' | 'deny';
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

/**
 * The policy that holds for one customer: its own settings replace the general ones.
 *
 * @param tenantId The customer's tenant id, in upper or lower case.
 */
export function policyForCustomer(policy: Policy, tenantId: string): Policy {
  const key = tenantId.toLowerCase();
  return Object.hasOwn(policy.customers, key) ? { ...policy, ...policy.customers[key] } : policy;
}

/** Names a policy in the audit log: the SHA-256, in hex, of its JSON with sorted keys. Equal policies have equal hashes. */
export function hashPolicy(policy: Policy): string {
  return createHash('sha256').update(JSON.stringify(policy, sortKeys)).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whose confirmed requests a limit counts. */
export type LimitKind = 'technician' | 'customer' | 'user' | 'overall';

/** At most `most` confirmed requests within a sliding window that ends now. */
export type Limit = { readonly kind: LimitKind; readonly most: number; readonly windowMilliseconds: number };

/** A limit that is reached. From `againAt` on, in milliseconds since 1970 in UTC, there is room again. */
export type ReachedLimit = { readonly limit: Limit; readonly againAt: number };

const hourMilliseconds = 60 * 60_000;

/** The limits that a confirmation must not exceed. The window is 24 hours for one user, and 60 minutes for the others. */
export function limitsOf({ limits }: Pick<Policy, 'limits'>): readonly Limit[] {
  return [
    { kind: 'technician', most: limits.perTechnicianPerHour, windowMilliseconds: hourMilliseconds },
    { kind: 'customer', most: limits.perCustomerPerHour, windowMilliseconds: hourMilliseconds },
    { kind: 'user', most: limits.perUserPerDay, windowMilliseconds: 24 * hourMilliseconds },
    { kind: 'overall', most: limits.overallPerHour, windowMilliseconds: hourMilliseconds },
  ];
}
