import type { LimitKind } from './policy/policy.ts';

/** Why nothing was reset. Each is said in a sentence with what to do instead. */
export type Refusal =
  | { readonly kind: 'not-a-technician' }
  /** Only a group could let them, and it could not be read whether they are in it. */
  | { readonly kind: 'groups-unknown' }
  | { readonly kind: 'own-account' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'federated' }
  | { readonly kind: 'synchronised' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'administrator'; readonly roles: readonly string[] }
  | { readonly kind: 'roles-unknown' }
  | { readonly kind: 'approval-not-possible' }
  | { readonly kind: 'target-changed' }
  /** `by`: the name of the technician whose request it is; undefined where it is over already. */
  | { readonly kind: 'under-way'; readonly by: string | undefined }
  /** Somebody pulled the brake: for this customer, or for everything. */
  | { readonly kind: 'frozen'; readonly by: string; readonly at: number; readonly everything: boolean }
  /** By now a second person would have to approve it, and nobody was asked. */
  | { readonly kind: 'approval-needed' }
  /** Whoever approved it may not approve any more. */
  | { readonly kind: 'approver-without-right'; readonly by: string }
  /** As many resets as the policy allows are confirmed already; `againAt` is when there will be room. */
  | { readonly kind: 'over-limit'; readonly limit: LimitKind; readonly most: number; readonly againAt: number }
  | { readonly kind: 'no-direct-message'; readonly why: DirectMessageProblem }
  /** Confirmed so long ago that nobody waits for it any more, and nothing sent yet. */
  | { readonly kind: 'too-old' }
  /** It came back with a backup, and whoever was backed up may have done it since. */
  | { readonly kind: 'restored' }
  /** The sealed password could not be opened before it was sent. */
  | { readonly kind: 'seal-broken' }
  /** Whatever worked on it failed again and again before anything was sent. */
  | { readonly kind: 'no-progress' }
  | { readonly kind: 'partner-center'; readonly trouble: PartnerTrouble };

/** Why the direct message could not be opened. */
export type DirectMessageProblem = 'not-installed' | 'blocked' | 'unreachable';

/** What went wrong at Partner Center, in codes: nothing of the request or the answer is in it. */
export type PartnerTrouble = {
  /** A code of the SDK, or `held-up`: an attempt that was not sent in time. A row of a newer version may hold another one. */
  readonly code: string;
  /** Why there was no token for Partner Center, where that was the cause. */
  readonly signInCode: SignInTrouble | undefined;
  readonly httpStatus: number | undefined;
  /** Partner Center's own code, such as `900308`. */
  readonly partnerCode: string | undefined;
  /** The sentences that a row of an older version holds. They are shown in place of those for the codes. */
  readonly storedWording: { readonly problem: string; readonly advice: string } | undefined;
};

/**
 * Why there is no token for Partner Center: a closed set, decided by Microsoft Entra's codes and never by its words.
 * `unreachable` and `store_failed` pass by themselves. All others wait for a person, and resets pause until then.
 */
export const signInTroubles = [
  /** Nobody has signed in yet. */
  'consent_missing',
  /** The refresh token is no longer good: revoked, too old, another password, a disabled account. */
  'invalid_grant',
  /** The sign-in was made without multifactor authentication, or another round of it is wanted. */
  'mfa_required',
  /** A Conditional Access policy of the partner's own tenant forbids it. */
  'conditional_access',
  /** Entra wants a person at the screen for another reason. */
  'interaction_required',
  /** The application's secret or certificate is not accepted, or the application is not known. */
  'invalid_client',
  'client_secret_expired',
  /** What is kept does not open though its key is here, or belongs to another application. */
  'cache_unreadable',
  /** Another definite refusal. */
  'refused',
  /** What is kept is sealed with a key that this instance does not have. */
  'key_missing',
  'unreachable',
  'store_failed',
] as const;

export type SignInTrouble = (typeof signInTroubles)[number];

/** The troubles that a person has to end. */
export type SignInPause = Exclude<SignInTrouble, 'key_missing' | 'unreachable' | 'store_failed'>;

/** `groups-unknown`: only a group could let them, and nobody could say whether they are in it. */
export type NotPermitted = 'not-a-technician' | 'groups-unknown';
