import type { LimitKind } from './policy/policy.ts';
import type { TicketConcern } from './ports/tickets.ts';

/** Why nothing was reset. The user reads each as a sentence, with what to do instead. */
export type Refusal =
  | { readonly kind: 'not-a-technician' }
  /** Only membership of a group could permit it, and the groups could not be read. */
  | { readonly kind: 'groups-unknown' }
  | { readonly kind: 'own-account' }
  /** `at`: when, where that is known. */
  | { readonly kind: 'deleted'; readonly at?: number | undefined }
  | { readonly kind: 'federated' }
  | { readonly kind: 'synchronised' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'administrator'; readonly roles: readonly string[] }
  /** `trouble`: why they could not be read, where that is known. */
  | { readonly kind: 'roles-unknown'; readonly trouble?: TroubleCodes | undefined }
  /** A member of a restricted management unit: only a role that is assigned at that unit can reset the password. */
  | { readonly kind: 'management-restricted' }
  /** What protects the account could be read at this customer before, and cannot be read now. */
  | ({ readonly kind: 'protection-unknown' } & LostProtection)
  /** `approvers`: names of those who might have been asked elsewhere, where any are known. `isApprover`: the requester is one, too. `chat`: the name of one to ask in. */
  | {
      readonly kind: 'approval-not-possible';
      readonly approvers?: readonly string[] | undefined;
      readonly isApprover?: true | undefined;
      readonly chat?: string | undefined;
    }
  | { readonly kind: 'target-changed' }
  /** The ticket does not fit, and the policy denies that. */
  | { readonly kind: 'ticket-mismatch'; readonly concerns: readonly TicketConcern[] }
  /** Another request for the same user is under way. `by`: the name of its technician, undefined if it ended meanwhile. */
  | { readonly kind: 'under-way'; readonly by: string | undefined }
  /**
   * A person has frozen this customer, or every customer (`everything`). `isOwn`: the requester has. `mayThaw`: whether the requester
   * may lift it, where that was looked up.
   */
  | {
      readonly kind: 'frozen';
      readonly by: string;
      readonly at: number;
      readonly everything: boolean;
      readonly isOwn?: true | undefined;
      readonly mayThaw?: boolean | undefined;
    }
  /** The policy or the roles have changed: a second person would have to approve it now, and none has. */
  | { readonly kind: 'approval-needed' }
  /** The person who approved it has lost the right to approve. */
  | { readonly kind: 'approver-without-right'; readonly by: string }
  /** As many resets as the policy allows are confirmed already. From `againAt` on there is room again. */
  | { readonly kind: 'over-limit'; readonly limit: LimitKind; readonly most: number; readonly againAt: number }
  | { readonly kind: 'no-direct-message'; readonly why: DirectMessageProblem }
  /** It was confirmed too long ago, and nothing was sent: the caller no longer waits, and facts may have changed. */
  | { readonly kind: 'too-old' }
  /** A restored backup brought it back, and the bot may have finished it after the backup was made. */
  | { readonly kind: 'restored' }
  /** The sealed password could not be opened before it was sent. */
  | { readonly kind: 'seal-broken' }
  /** Every instance that worked on it failed before anything was sent, so it was given up. */
  | { readonly kind: 'no-progress' }
  | { readonly kind: 'partner-center'; readonly trouble: PartnerTrouble };

/** The facts that protect an account and cannot be read any more, and why. */
export type LostProtection = {
  readonly facts: readonly ProtectingFact[];
  /** A code of Microsoft Graph's room, of the first of them. */
  readonly code: string;
  readonly httpStatus?: number | undefined;
};

/** `account`: restricted management, and whether it is a guest's. `roles`: through groups too. `eligible-roles`: to be activated. */
export const protectingFacts = ['account', 'roles', 'eligible-roles'] as const;

export type ProtectingFact = (typeof protectingFacts)[number];

/**
 * What can have been told at a customer. `group-names`: a group by its name, which shows that its groups are not hidden.
 * `restricted-management`: an account that is under it. A person of whom nothing had to be hidden shows neither.
 */
export const readableFacts = [...protectingFacts, 'group-names', 'restricted-management'] as const;

export type ReadableFact = (typeof readableFacts)[number];

/** Why the direct message could not be opened. */
export type DirectMessageProblem = 'not-installed' | 'blocked' | 'unreachable';

/** What went wrong at Partner Center, in codes. Request and answer can hold a password, so it holds nothing of them. */
export type PartnerTrouble = TroubleCodes & {
  /** The sentences that a row of an older version holds. Users read them in place of those for the codes. */
  readonly storedWording: { readonly problem: string; readonly advice: string } | undefined;
  /**
   * What Microsoft Graph says, in words, of a write-back that failed; missing where it says nothing. Who is told of the outcome reads it.
   * It is no code: neither the trail nor the log has it.
   */
  readonly detail?: string;
};

/** The codes of such a trouble. */
export type TroubleCodes = {
  /** A code of the SDK, or `held-up`: the attempt was not sent in time. A row of a newer version may hold another code. */
  readonly code: string;
  /** Why there was no token for Partner Center. Undefined if that was not the cause. */
  readonly signInCode: SignInTrouble | undefined;
  readonly httpStatus: number | undefined;
  /** Partner Center's own code, such as `900308`. */
  readonly partnerCode: string | undefined;
};

/**
 * Why there is no token for Partner Center. Microsoft Entra's codes decide which one it is, never its words.
 *
 * `unreachable` and `store_failed` pass by themselves. `key_missing` concerns this instance alone. All others are a
 * `SignInPause`: a person has to act, and no reset is possible until then.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const signInTroubles = [
  /** No administrator has signed in yet. */
  'consent_missing',
  /** The refresh token is not valid any more: it was revoked, is too old, or its account was changed or disabled. */
  'invalid_grant',
  /** The sign-in was made without multifactor authentication, or Entra demands it again. */
  'mfa_required',
  /** A Conditional Access policy of the partner's own tenant forbids it. */
  'conditional_access',
  /** Entra holds the account at risk in its own tenant, and keeps it out of customers' until somebody has looked. */
  'account_at_risk',
  /** The security defaults of a tenant forbid this kind of sign-in. */
  'security_defaults',
  /** Entra demands an interactive sign-in for another reason. */
  'interaction_required',
  /** The application's secret or certificate is not accepted, or the application is not known. */
  'invalid_client',
  'client_secret_expired',
  /** The stored sign-in does not open with its key, or belongs to another application. */
  'cache_unreadable',
  /** Entra refuses for another reason, and a repetition would not help. */
  'refused',
  /** The stored sign-in is sealed with a key that this instance does not have. */
  'key_missing',
  'unreachable',
  'store_failed',
] as const;

export type SignInTrouble = (typeof signInTroubles)[number];

/** The troubles that only a person can end. */
export type SignInPause = Exclude<SignInTrouble, 'key_missing' | 'unreachable' | 'store_failed'>;

/** Why a person lacks a right. `groups-unknown`: only membership of a group could give it, and the groups could not be read. */
export type NotPermitted = 'not-a-technician' | 'groups-unknown';
