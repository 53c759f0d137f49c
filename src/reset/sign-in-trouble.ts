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
  consent_missing: pausing('Nobody has signed Locksmith in to Partner Center yet.'),
  invalid_grant: pausing('Locksmith’s sign-in to Partner Center has ended.'),
  mfa_required: pausing('Locksmith’s sign-in to Partner Center needs multifactor authentication again.'),
  conditional_access: pausing('A Conditional Access policy stopped Locksmith’s sign-in to Partner Center.'),
  interaction_required: pausing('Locksmith’s sign-in to Partner Center needs a person to sign in again.'),
  invalid_client: pausing('Microsoft Entra does not accept Locksmith’s application.'),
  client_secret_expired: pausing('The secret of Locksmith’s application has expired.'),
  cache_unreadable: pausing('Locksmith’s sign-in to Partner Center cannot be read any more.'),
  refused: pausing('Microsoft Entra refused Locksmith’s sign-in to Partner Center.'),
  key_missing: passing('Locksmith’s sign-in to Partner Center could not be opened just now, so nothing was sent.'),
  unreachable: passing('Microsoft’s sign-in service could not be reached, so nothing was sent.'),
  store_failed: passing('Locksmith could not read its sign-in to Partner Center, so nothing was sent.'),
} as const satisfies Record<SignInTrouble, { readonly says: string; readonly next: string }>;

function pausing(what: string) {
  return {
    says: `${what} Resets pause.`,
    next: 'An administrator has been told. What is confirmed goes on by itself once it is mended.',
  };
}

function passing(says: string) {
  return { says, next: 'Try again in a minute. If it stays like this, tell an administrator.' };
}
