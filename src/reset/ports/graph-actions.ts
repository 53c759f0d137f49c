import type { CorrelationId, CustomerId, UserId } from '../../base/index.ts';
import type { GraphTrouble } from './graph-facts.ts';

/**
 * Ends every session of a user by Microsoft Graph. One call is one attempt. It is made by `createFollowUps` of
 * directory/sign-out.ts.
 */
export type SignOut = (
  operation: { readonly customer: CustomerId; readonly user: UserId; readonly correlationId: CorrelationId },
  signal: AbortSignal,
) => Promise<SignOutOutcome>;

/** `unknown`: the sessions may be ended. `not-asked`: this customer has not consented. */
export type SignOutOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'refused' | 'unknown'; readonly trouble: GraphTrouble };

/** What may follow a reset by Microsoft Graph. Undefined where Graph is off. */
export type FollowUps = {
  readonly signOut: SignOut;
  /** Whether Graph is asked at this customer, as far as this process has seen. Decides whether a button is shown. */
  isAvailable(customer: CustomerId): boolean;
};
