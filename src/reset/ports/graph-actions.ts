import type { CorrelationId, CustomerId, Secret, UserId } from '../../base/index.ts';
import type { GraphTrouble } from './graph-facts.ts';

/**
 * Ends every session of a user by Microsoft Graph. One call is one attempt. It is made by `createFollowUps` of
 * directory/sign-out.ts.
 */
export type SignOut = (operation: FollowUpOperation, signal: AbortSignal) => Promise<SignOutOutcome>;

/** `unknown`: the sessions may be ended. `not-asked`: this customer has not consented. */
export type SignOutOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'refused' | 'unknown'; readonly trouble: GraphTrouble };

/** For whom something follows a reset. */
type FollowUpOperation = {
  readonly customer: CustomerId;
  readonly user: UserId;
  readonly correlationId: CorrelationId;
};

/**
 * Makes a Temporary Access Pass that works once, with a short lifetime. One call is one press. Without `replaces` nothing is
 * made where the user has a pass. It is made by `createFollowUps` of directory/sign-out.ts.
 */
export type MakeAccessPass = (
  operation: FollowUpOperation & { readonly replaces: boolean },
  signal: AbortSignal,
) => Promise<AccessPassOutcome>;

/** `unknown`: a pass may be there that nobody has seen. `unusable`: it was made, and Graph says that nobody can use it. */
export type AccessPassOutcome =
  | { readonly kind: 'made'; readonly pass: Secret; readonly lifetimeInMinutes: number | undefined }
  | { readonly kind: 'unusable'; readonly reason: string | undefined }
  | { readonly kind: 'exists' }
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'refused' | 'unknown'; readonly trouble: GraphTrouble };

/** What may follow a reset by Microsoft Graph. Undefined where Graph is off. */
export type FollowUps = {
  readonly signOut: SignOut;
  readonly accessPass: MakeAccessPass;
  /** Whether Graph is asked at this customer, as far as this process has seen. Decides whether a button is shown. */
  isAvailable(customer: CustomerId): boolean;
};
