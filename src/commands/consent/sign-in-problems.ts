import type { Platform } from '../../app/index.ts';
import { buildIndexedQuery, createPartner, partnerAdvice, PartnerError } from '../../partner-center/index.ts';
import type { SignInTrouble } from '../../reset/index.ts';
import type { IdentityMismatch, NewCredentials, SignInError } from '../../sign-in/index.ts';

/** A sentence that says what is wrong, and what to do about it. */
export type SignInProblem = { readonly says: string; readonly next: string };

const noMfaProblem = {
  says: 'The sign-in was made without multifactor authentication, which Partner Center asks for.',
  next: 'See to it that the account has to use it (a Conditional Access policy, or security defaults), and start again.',
};
const unknownMfaProblem = {
  says: 'The token does not say whether the sign-in was made with multifactor authentication.',
  next: 'See to it that the application asks for a token of the scope user_impersonation of Microsoft Partner Center, and start again.',
};

/** Partner Center takes the sign-in of an account that has no customers. */
export const noCustomerProblem = {
  says: 'takes the sign-in, and shows no customer',
  next: 'Give the account AdminAgents or HelpdeskAgents in Partner Center, and a GDAP role at the customers.',
} as const satisfies SignInProblem;

const strangerProblems = {
  'another-tenant': {
    says: 'The account signed in to another tenant than PARTNER_CENTER_TENANT_ID.',
    next: 'Sign in as the account of your own tenant that Locksmith works with.',
  },
  guest: {
    says: 'The account is a guest in the tenant, or its home cannot be told.',
    next: 'Sign in as an account that belongs to the tenant.',
  },
  'another-application': {
    says: 'The sign-in is for another application than PARTNER_CENTER_CLIENT_ID.',
    next: 'Start again; compare PARTNER_CENTER_CLIENT_ID with the application in Entra.',
  },
  'another-resource': {
    says: 'The token is for something else than Partner Center.',
    next: 'See that the application has the permission user_impersonation of Microsoft Partner Center, and start again.',
  },
} as const satisfies Record<IdentityMismatch, SignInProblem>;

/**
 * What stands against keeping this sign-in: it is a stranger's, it carries no MFA, or Partner Center does not answer it or shows it no
 * customer, asked for one
 * customer with `ValidateMfa`. Undefined: nothing.
 */
export async function checkNewSignIn(
  { kept, mfa, stranger }: NewCredentials,
  partnerCenterUrl: string,
  { fetch, clock, random }: Pick<Platform, 'fetch' | 'clock' | 'random'>,
): Promise<SignInProblem | undefined> {
  if (stranger !== undefined) return strangerProblems[stranger];
  if (mfa !== 'yes') return mfa === 'no' ? noMfaProblem : unknownMfaProblem;
  const partner = createPartner({
    credentials: { getToken: () => Promise.resolve(kept.accessToken) },
    baseUrl: partnerCenterUrl,
    applicationName: 'Locksmith',
    validateMfa: true,
    fetch,
    clock,
    random: random.fraction,
    newId: random.guid,
  });
  try {
    const customers = partner.customers.query(buildIndexedQuery({ size: 1 }));
    const { done } = await customers[Symbol.asyncIterator]().next();
    return done === true ? { ...noCustomerProblem, says: `Partner Center ${noCustomerProblem.says}.` } : undefined;
  } catch (failure) {
    if (!(failure instanceof PartnerError)) throw failure;
    const { says, next } = partnerAdvice[failure.code];
    const id = failure.correlationId === undefined ? '' : ` (correlation id ${failure.correlationId})`;
    return { says: `Partner Center does not answer this account: ${says}${id}`, next };
  }
}

const startAgain = 'Start again.';

/** For whoever runs the command: why there is no sign-in, with Entra's own number, by which it is found in its documents. */
export function explainSignInFailure({ code, entraCode }: SignInError): SignInProblem {
  const { says, next } = explanations[code];
  return { says: entraCode === undefined ? says : `${says} (AADSTS${entraCode})`, next };
}

const explanations = {
  invalid_grant: {
    says: 'Microsoft Entra did not accept the code or the refresh token.',
    next: 'It may be too old, or of another application. Start again.',
  },
  mfa_required: { says: 'Microsoft Entra asks for multifactor authentication.', next: startAgain },
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
  consent_missing: { says: 'There is no sign-in.', next: startAgain },
  cache_unreadable: { says: 'What is kept cannot be read.', next: startAgain },
  key_missing: {
    says: 'What is kept is sealed with a key that SEALING_KEY does not hold.',
    next: 'Put that key back after a comma, or sign in anew with the keys that the bot has.',
  },
  store_failed: { says: 'The database did not take the sign-in.', next: 'Check DATABASE_URL.' },
} as const satisfies Record<SignInTrouble, SignInProblem>;
