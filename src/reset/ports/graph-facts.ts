import type { CorrelationId, Secret, UserId } from '../../base/index.ts';
import type { Customer, DirectoryRole } from '../target.ts';

/**
 * Reads what Microsoft Graph tells of one user in the customer's own tenant, within
 * `directoryTunables.graphFactsTimeoutMilliseconds`. Rejects with a `StoreError` alone: what could be read before is in the store.
 * It is made by `createGraphFacts` of directory/graph/protecting-facts.ts.
 */
export type GraphFacts = (customer: Customer, user: UserId, correlationId: CorrelationId) => Promise<GraphFinding>;

/**
 * `not-asked`: Graph is off, or this customer has not consented. Everything is then as without Graph. `closed`: there is no way to
 * Graph at a customer where no protecting fact was ever told, for another reason than consent; that alone is told.
 */
export type GraphFinding =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'closed'; readonly trouble: GraphTrouble }
  | ({ readonly kind: 'asked' } & ReadFacts);

/** Each fact by itself, because each has its own licence, scope and role. */
type ReadFacts = {
  readonly account: Fact<AccountFacts>;
  /** Directory roles in force, through groups too, and the role-assignable groups that the user belongs to. */
  readonly memberships: Fact<readonly GraphRole[]>;
  /** Roles that the user can activate, alone or through a group. */
  readonly eligibleRoles: Fact<readonly GraphRole[]>;
  readonly methods: Fact<readonly MethodKind[]>;
};

/** A role that Graph tells of, and how the user has it. */
export type GraphRole = DirectoryRole & { readonly by: NonNullable<DirectoryRole['by']> };

/**
 * `left-out`: Graph never told it at this customer, and refuses to. `lost`: a fact that protects, that could be read at this
 * customer before and cannot be read now, or that Graph failed to tell. Of both, `part` is what was read nonetheless, and counts.
 */
export type Fact<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'left-out' | 'lost'; readonly part?: Value | undefined; readonly trouble: GraphTrouble };

/** Why Graph told nothing, in codes. `code` is one of the Graph room's. */
export type GraphTrouble = { readonly code: string; readonly httpStatus: number | undefined };

/** Troubles of Graph's room that pass by themselves. Graph learns of a new person, or of a deletion, a little later. */
const passing: ReadonlySet<string> = new Set([
  'consent-in-progress',
  'sign-in-failed',
  'cancelled',
  'timed-out',
  'not-connected',
  'no-answer',
  'throttled',
  'service-fault',
  'not-found',
]);

/** Whether a trouble passes by itself, so that no one but the technician has to do something. */
export function isPassingTrouble(code: string): boolean {
  return passing.has(code);
}

/** What the account itself tells. */
export type AccountFacts = {
  readonly isBlocked: boolean;
  readonly isGuest: boolean;
  readonly isSynchronised: boolean;
  /** A member of a restricted management administrative unit, whose password no role of the partner can reset. */
  readonly isRestricted: boolean;
  /** Milliseconds since 1970 in UTC, of the last change or reset. */
  readonly lastPasswordChange: number | undefined;
  /** The numbers on file, in full. */
  readonly numbers: readonly Secret[];
};

/** The kinds of sign-in methods that a user may have registered. The password is none of them. */
export const methodKinds = [
  'authenticator',
  'phone',
  'passkey',
  'software-token',
  'hardware-token',
  'windows-hello',
  'platform-credential',
  'email',
  'temporary-access-pass',
  'other',
] as const;

export type MethodKind = (typeof methodKinds)[number];
