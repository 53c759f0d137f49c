import type { CorrelationId, CustomerId, Secret, UserId } from '../../base/index.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { GraphTrouble } from './graph-facts.ts';
import type { PasswordSettingOutcome } from './partner-center.ts';

/**
 * Ends every session of a user by Microsoft Graph. One call is one attempt. It is made by `createFollowUps` of
 * directory/graph/sign-out-pass-and-write-back.ts.
 */
export type SignOut = (operation: FollowUpOperation, signal: AbortSignal) => Promise<SignOutOutcome>;

/**
 * `unknown`: the sessions may be ended. `refused`: certainly nothing was done. `not-asked`: the same, because this customer has not
 * consented.
 */
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
 * made where the user has a pass. It is made by `createFollowUps` of directory/graph/sign-out-pass-and-write-back.ts.
 */
export type MakeAccessPass = (
  operation: FollowUpOperation & { readonly replaces: boolean },
  signal: AbortSignal,
) => Promise<AccessPassOutcome>;

/**
 * `unknown`: a pass may be there that no one has seen. `unusable`: it was made, and does not let anybody in. `refused`: certainly
 * none was made. `not-asked`: the same, because this customer has not consented.
 */
export type AccessPassOutcome =
  | { readonly kind: 'made'; readonly pass: Secret; readonly lifetimeInMinutes: number | undefined }
  | { readonly kind: 'unusable'; readonly reason: string | undefined }
  | { readonly kind: 'exists' }
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'refused' | 'unknown'; readonly trouble: GraphTrouble };

/** What may follow a reset by Microsoft Graph. Undefined where Graph is off. */
export type FollowUps = {
  readonly signOut: SignOut;
  /** Since when sessions are valid, in milliseconds since 1970: each sign-out of the user moves it. Undefined where it cannot be read. */
  readonly sessionsValidFrom: (operation: FollowUpOperation, signal: AbortSignal) => Promise<number | undefined>;
  readonly accessPass: MakeAccessPass;
  /** Whether Graph is asked at this customer, as far as this process knows. Decides whether a button is shown. */
  isAvailable(customer: CustomerId): boolean;
  /** Learns it from what another process, or this one before its start, could read there. It is asked before a card is shown. */
  recall(customer: CustomerId): Promise<void>;
};

/** Whose password is written back to a local directory. */
type WriteBackOperation = {
  readonly customer: CustomerId;
  readonly user: UserId;
  readonly correlationId: CorrelationId;
};

/**
 * Sets the password of a synchronised user by Microsoft Graph, which writes it back to the local directory. It is made by
 * `createWriteBack` of directory/graph/sign-out-pass-and-write-back.ts.
 */
export type WriteBack = {
  /** Starts it. One call is one attempt. `accepted` is no success: the operation at `location` tells. */
  begin(
    operation: WriteBackOperation,
    password: Secret,
    signal: AbortSignal,
  ): Promise<
    { readonly kind: 'accepted'; readonly location: string } | Exclude<PasswordSettingOutcome, { kind: 'applied' }>
  >;
  /** Asks once how it stands. `running`: or it could not be read now. */
  poll(operation: WriteBackOperation, location: string, signal: AbortSignal): Promise<WriteBackState>;
};

/** `half-done`: the local directory has the password, and the cloud does not. */
export type WriteBackState =
  | { readonly kind: 'running'; readonly retryAfterMilliseconds?: number | undefined }
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed' | 'half-done'; readonly trouble: PartnerTrouble };
