import type { Platform } from '../../app/index.ts';
import { buildIndexedQuery, createPartner, PartnerError } from '../../partner-center/index.ts';
import type { IdentityMismatch, NewCredentials, SignInError } from '../../sign-in/index.ts';
import { partnerCenterFailures, signInFailures } from '../../texts/index.ts';

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

const mismatchProblems = {
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
 * Checks a new sign-in before it is kept. It has to be the right account's and made with MFA. Partner Center, asked with
 * `ValidateMfa`, has to show it a customer. Returns the first problem, or undefined where the sign-in is good.
 */
export async function checkNewSignIn(
  { credentials, mfa, mismatch }: NewCredentials,
  partnerCenterUrl: string,
  { fetch, clock, random }: Pick<Platform, 'fetch' | 'clock' | 'random'>,
): Promise<SignInProblem | undefined> {
  if (mismatch !== undefined) return mismatchProblems[mismatch];
  if (mfa !== 'yes') return mfa === 'no' ? noMfaProblem : unknownMfaProblem;
  const partner = createPartner({
    credentials: { getToken: () => Promise.resolve(credentials.accessToken) },
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
    const { problem, advice } = partnerCenterFailures[failure.code];
    const id = failure.correlationId === undefined ? '' : ` (correlation id ${failure.correlationId})`;
    return { says: `Partner Center does not answer this account: ${problem}${id}`, next: advice };
  }
}

/** Explains why there is no sign-in, for the person who runs the command, with Entra's own number: it is in Entra's documents. */
export function explainSignInFailure({ code, entraCode }: SignInError): SignInProblem {
  const { problem, advice } = signInFailures[code].administrator;
  return { says: entraCode === undefined ? problem : `${problem} (AADSTS${entraCode})`, next: advice };
}
