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
  | { readonly kind: 'under-way'; readonly by: string }
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

/** What went wrong at Partner Center, in words for a technician: nothing of the request or the answer is in it. */
export type PartnerTrouble = {
  /** The SDK's closed code. */
  readonly code: string;
  readonly httpStatus: number | undefined;
  /** Partner Center's own code, such as `900308`. */
  readonly partnerCode: string | undefined;
  /** What happened, in a sentence. */
  readonly says: string;
  /** What the technician should do next, in a sentence. */
  readonly next: string;
};

/**
 * Why there is no token for Partner Center: a closed set, decided by Microsoft Entra's codes and never by its words.
 * `unreachable` and `store_failed` pass by themselves. All others wait for a person, and resets pause until then.
 */
export type SignInTrouble =
  /** Nobody has signed in yet. */
  | 'consent_missing'
  /** The refresh token is no longer good: revoked, too old, another password, a disabled account. */
  | 'invalid_grant'
  /** The sign-in was made without multifactor authentication, or another round of it is wanted. */
  | 'mfa_required'
  /** A Conditional Access policy of the partner's own tenant forbids it. */
  | 'conditional_access'
  /** Entra wants a person at the screen for another reason. */
  | 'interaction_required'
  /** The application's secret or certificate is not accepted, or the application is not known. */
  | 'invalid_client'
  | 'client_secret_expired'
  /** What is kept does not open though its key is here, or belongs to another application. */
  | 'cache_unreadable'
  /** Another definite refusal. */
  | 'refused'
  /** What is kept is sealed with a key that this instance does not have. */
  | 'key_missing'
  | 'unreachable'
  | 'store_failed';

/** The troubles that a person has to end. */
export type SignInPause = Exclude<SignInTrouble, 'key_missing' | 'unreachable' | 'store_failed'>;

/** For each a sentence for the technician that says what happened, and what to do next. */
export const signInAdvice = {
  consent_missing: advicePausing('Nobody has signed Locksmith in to Partner Center yet.'),
  invalid_grant: advicePausing('Locksmith’s sign-in to Partner Center has ended.'),
  mfa_required: advicePausing('Locksmith’s sign-in to Partner Center needs multifactor authentication again.'),
  conditional_access: advicePausing('A Conditional Access policy stopped Locksmith’s sign-in to Partner Center.'),
  interaction_required: advicePausing('Locksmith’s sign-in to Partner Center needs a person to sign in again.'),
  invalid_client: advicePausing('Microsoft Entra does not accept Locksmith’s application.'),
  client_secret_expired: advicePausing('The secret of Locksmith’s application has expired.'),
  cache_unreadable: advicePausing('Locksmith’s sign-in to Partner Center cannot be read any more.'),
  refused: advicePausing('Microsoft Entra refused Locksmith’s sign-in to Partner Center.'),
  key_missing: advicePassing(
    'Locksmith’s sign-in to Partner Center could not be opened just now, so nothing was sent.',
  ),
  unreachable: advicePassing('Microsoft’s sign-in service could not be reached, so nothing was sent.'),
  store_failed: advicePassing('Locksmith could not read its sign-in to Partner Center, so nothing was sent.'),
} as const satisfies Record<SignInTrouble, { readonly says: string; readonly next: string }>;

function advicePausing(what: string) {
  return {
    says: `${what} Resets pause.`,
    next: 'An administrator has been told. What is confirmed goes on by itself once it is mended.',
  };
}

function advicePassing(says: string) {
  return { says, next: 'Try again in a minute. If it stays like this, tell an administrator.' };
}

/** `groups-unknown`: only a group could let them, and nobody could say whether they are in it. */
export type NotPermitted = 'not-a-technician' | 'groups-unknown';
