import type { SignInTrouble } from '../../reset/refusal.ts';
import type { SignInError } from '../../sign-in/sign-in-error.ts';
import type { Objection } from './check-new-sign-in.ts';

const again = 'Start again.';

/** For whoever runs the command: why there is no sign-in, with Entra's own number, by which it is found in its documents. */
export function explainSignInFailure({ code, entraCode }: SignInError): Objection {
  const { says, next } = explanations[code];
  return { says: entraCode === undefined ? says : `${says} (AADSTS${entraCode})`, next };
}

const explanations = {
  invalid_grant: {
    says: 'Microsoft Entra did not accept the code or the refresh token.',
    next: 'It may be too old, or of another application. Start again.',
  },
  mfa_required: { says: 'Microsoft Entra asks for multifactor authentication.', next: again },
  conditional_access: {
    says: 'A Conditional Access policy stopped the sign-in.',
    next: 'Allow it for this account, and start again.',
  },
  interaction_required: {
    says: 'Microsoft Entra wants a person at the screen.',
    next: 'Start again without --import.',
  },
  invalid_client: {
    says: 'Microsoft Entra does not accept the application.',
    next: 'Check PARTNER_CENTER_TENANT_ID, PARTNER_CENTER_CLIENT_ID and its secret or certificate.',
  },
  client_secret_expired: {
    says: 'The application’s secret has expired.',
    next: 'Make a new one in Entra, and put it into PARTNER_CENTER_CLIENT_SECRET.',
  },
  refused: {
    says: 'Microsoft Entra refused the sign-in.',
    next: 'See that the application has the permission user_impersonation of Microsoft Partner Center, and a redirect address of the platform Web.',
  },
  unreachable: {
    says: 'Microsoft Entra could not be reached, or did not answer in time.',
    next: 'Try again in a minute; see that this machine may reach https://login.microsoftonline.com.',
  },
  consent_missing: { says: 'There is no sign-in.', next: again },
  cache_unreadable: { says: 'What is kept cannot be read.', next: again },
  key_missing: {
    says: 'What is kept is sealed with a key that SEALING_KEY does not hold.',
    next: 'Put that key back after a comma, or sign in anew with the keys that the bot has.',
  },
  store_failed: { says: 'The database did not take the sign-in.', next: 'Check DATABASE_URL.' },
} as const satisfies Record<SignInTrouble, Objection>;
