import type { SignInPause, SignInTrouble } from '../../reset/index.ts';
import type { FailureText } from '../formatting.ts';

/**
 * Why Locksmith has no token for Partner Center. `technician`: on cards and in chats. `alarm`: to administrators, when
 * resets pause. `administrator`: at the terminal, of a new sign-in or a check.
 */
type SignInFailureTexts = {
  readonly [Code in SignInTrouble]: {
    readonly technician: FailureText;
    readonly administrator: FailureText;
  } & (Code extends SignInPause ? { readonly alarm: string } : unknown);
};

const afterPause = 'An administrator has been told, and what is confirmed goes on by itself once it is mended.';

const tryAgain = 'Try again in a minute; if it stays like this, tell your Locksmith administrator.';

const startAgain = 'Start again.';

export const signInFailures = {
  consent_missing: {
    technician: { problem: 'Locksmith was not signed in to Partner Center yet, so resets pause.', advice: afterPause },
    alarm:
      'Resets pause: Locksmith was not signed in to Partner Center yet. Run `npm run consent`; what is under way then goes on by itself.',
    administrator: { problem: 'There is no sign-in.', advice: startAgain },
  },
  invalid_grant: {
    technician: { problem: 'Locksmith’s sign-in to Partner Center has ended, so resets pause.', advice: afterPause },
    alarm:
      'Resets pause: the sign-in to Partner Center has ended. Run `npm run consent`; what is under way then goes on by itself.',
    administrator: {
      problem: 'Microsoft Entra did not accept the code or the refresh token.',
      advice: 'It may be too old, or of another application. Start again.',
    },
  },
  mfa_required: {
    technician: {
      problem: 'Locksmith’s sign-in to Partner Center needs multifactor authentication again, so resets pause.',
      advice: afterPause,
    },
    alarm:
      'Resets pause: the sign-in to Partner Center lacks multifactor authentication. Run `npm run consent`; what is under way then goes on by itself.',
    administrator: { problem: 'Microsoft Entra asks for multifactor authentication.', advice: startAgain },
  },
  conditional_access: {
    technician: {
      problem: 'A Conditional Access policy stopped Locksmith’s sign-in to Partner Center, so resets pause.',
      advice: afterPause,
    },
    alarm:
      'Resets pause: a Conditional Access policy of your own tenant stops the sign-in to Partner Center. Allow it, or run `npm run consent`.',
    administrator: {
      problem: 'A Conditional Access policy stopped the sign-in.',
      advice: 'Allow it for this account, and start again.',
    },
  },
  account_at_risk: {
    technician: {
      problem: 'Microsoft Entra holds Locksmith’s account to be at risk, so it is blocked and resets pause.',
      advice: afterPause,
    },
    alarm:
      'Resets pause: Microsoft Entra blocks the account for Partner Center because of its risk. Look at it in Entra ID Protection of your own tenant, as it may be in strange hands, and run `npm run consent` once it is cleared.',
    administrator: {
      problem: 'Microsoft Entra blocks this account because of its risk.',
      advice: 'Look at it in Entra ID Protection of your own tenant; start again once it is cleared.',
    },
  },
  security_defaults: {
    technician: {
      problem: 'Security defaults of a tenant stopped Locksmith’s sign-in to Partner Center, so resets pause.',
      advice: afterPause,
    },
    alarm:
      'Resets pause: security defaults of a tenant block the sign-in to Partner Center. Sign the account in with multifactor authentication: run `npm run consent`.',
    administrator: {
      problem: 'Security defaults of the tenant blocked the sign-in.',
      advice: 'Give the account multifactor authentication, and start again.',
    },
  },
  interaction_required: {
    technician: {
      problem: 'Locksmith’s sign-in to Partner Center needs a person to sign in again, so resets pause.',
      advice: afterPause,
    },
    alarm:
      'Resets pause: Microsoft Entra wants a person to sign in to Partner Center again. Run `npm run consent`; what is under way then goes on by itself.',
    administrator: {
      problem: 'Microsoft Entra wants a person at the screen.',
      advice: 'Start again without --import.',
    },
  },
  invalid_client: {
    technician: {
      problem: 'Microsoft Entra does not accept Locksmith’s application, so resets pause.',
      advice: afterPause,
    },
    alarm:
      'Resets pause: Microsoft Entra does not accept the application’s secret or certificate. Mend it in the settings and start the bot again.',
    administrator: {
      problem: 'Microsoft Entra does not accept the application.',
      advice: 'Check PARTNER_CENTER_TENANT_ID, PARTNER_CENTER_CLIENT_ID and its secret or certificate.',
    },
  },
  client_secret_expired: {
    technician: { problem: 'The secret of Locksmith’s application has expired, so resets pause.', advice: afterPause },
    alarm:
      'Resets pause: the application’s secret has expired. Make a new one, put it into the settings and start the bot again.',
    administrator: {
      problem: 'The application’s secret has expired.',
      advice: 'Make a new one in Entra, and put it into PARTNER_CENTER_CLIENT_SECRET.',
    },
  },
  cache_unreadable: {
    technician: {
      problem: 'Locksmith’s sign-in to Partner Center cannot be read any more, so resets pause.',
      advice: afterPause,
    },
    alarm:
      'Resets pause: the sign-in that is kept does not open with the sealing keys, or is another application’s. Run `npm run consent`; what is under way then goes on by itself.',
    administrator: { problem: 'What is kept cannot be read.', advice: startAgain },
  },
  refused: {
    technician: {
      problem: 'Microsoft Entra refused Locksmith’s sign-in to Partner Center, so resets pause.',
      advice: afterPause,
    },
    alarm: 'Resets pause: Microsoft Entra refuses the sign-in to Partner Center. `npm run doctor` says more.',
    administrator: {
      problem: 'Microsoft Entra refused the sign-in.',
      advice:
        'See that the application has the permission user_impersonation of Microsoft Partner Center, and a redirect address of the platform Web.',
    },
  },
  key_missing: {
    technician: {
      problem: 'Locksmith’s sign-in to Partner Center could not be opened just now, so nothing was sent.',
      advice: tryAgain,
    },
    administrator: {
      problem: 'What is kept is encrypted with a key that SEALING_KEY does not hold.',
      advice: 'Put that key back after a comma, or sign in anew with the keys that the bot has.',
    },
  },
  unreachable: {
    technician: { problem: 'Microsoft’s sign-in service could not be reached, so nothing was sent.', advice: tryAgain },
    administrator: {
      problem: 'Microsoft Entra could not be reached, or did not answer in time.',
      advice: 'Try again in a minute; see that this machine may reach https://login.microsoftonline.com.',
    },
  },
  store_failed: {
    technician: {
      problem: 'Locksmith could not read its sign-in to Partner Center, so nothing was sent.',
      advice: tryAgain,
    },
    administrator: { problem: 'The database did not take the sign-in.', advice: 'Check DATABASE_URL.' },
  },
} as const satisfies SignInFailureTexts;

/**
 * Why a new sign-in to Partner Center is not kept, or does not serve, for the administrator at the terminal. The keys of
 * `mismatch` and `mfa` are the codes of a consent.
 */
export const newSignInFailures = {
  mismatch: {
    'another-tenant': {
      problem: 'The account signed in to another tenant than PARTNER_CENTER_TENANT_ID.',
      advice: 'Sign in as the account of your own tenant that Locksmith works with.',
    },
    guest: {
      problem: 'The account is a guest in the tenant, or its home cannot be told.',
      advice: 'Sign in as an account that belongs to the tenant.',
    },
    'another-application': {
      problem: 'The sign-in is for another application than PARTNER_CENTER_CLIENT_ID.',
      advice: 'Start again; compare PARTNER_CENTER_CLIENT_ID with the application in Entra.',
    },
    'another-resource': {
      problem: 'The token is for something else than Partner Center.',
      advice:
        'See that the application has the permission user_impersonation of Microsoft Partner Center, and start again.',
    },
  },
  mfa: {
    no: {
      problem: 'The sign-in was made without multifactor authentication, which Partner Center asks for.',
      advice:
        'See to it that the account has to use it (a Conditional Access policy, or security defaults), and start again.',
    },
    unknown: {
      problem: 'The token does not say whether the sign-in was made with multifactor authentication.',
      advice:
        'See to it that the application asks for a token of the scope user_impersonation of Microsoft Partner Center, and start again.',
    },
  },
  /** The problem is the end of a sentence or of a line that begins with Partner Center. */
  noCustomer: {
    problem: 'takes the sign-in, and shows no customer',
    advice: 'Give the account AdminAgents or HelpdeskAgents in Partner Center, and a GDAP role at the customers.',
  },
} as const;
