import type { Outside } from '../../outside.ts';
import { buildIndexedQuery, createPartner, partnerAdvice, PartnerError } from '../../partner-center/index.ts';
import type { IdentityMismatch, NewCredentials } from '../../sign-in/consent.ts';

/** A sentence that says what is wrong, and what to do about it. */
export type Objection = { readonly says: string; readonly next: string };

const noMfa = {
  says: 'The sign-in was made without multifactor authentication, which Partner Center asks for.',
  next: 'See to it that the account has to use it (a Conditional Access policy, or security defaults), and start again.',
};
const unknownMfa = {
  says: 'The token does not say whether the sign-in was made with multifactor authentication.',
  next: 'See to it that the application asks for a token of the scope user_impersonation of Microsoft Partner Center, and start again.',
};

/** Partner Center takes the sign-in of an account that has no customers. */
export const showsNoCustomer = {
  says: 'takes the sign-in, and shows no customer',
  next: 'Give the account AdminAgents or HelpdeskAgents in Partner Center, and a GDAP role at the customers.',
} as const satisfies Objection;

const strangers = {
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
} as const satisfies Record<IdentityMismatch, Objection>;

/**
 * What stands against keeping this sign-in: it is a stranger's, it carries no MFA, or Partner Center does not answer it or shows it no
 * customer, asked for one
 * customer with `ValidateMfa`. Undefined: nothing.
 */
export async function checkNewSignIn(
  { kept, mfa, stranger }: NewCredentials,
  partnerCenterUrl: string,
  { fetch, clock, random }: Pick<Outside, 'fetch' | 'clock' | 'random'>,
): Promise<Objection | undefined> {
  if (stranger !== undefined) return strangers[stranger];
  if (mfa !== 'yes') return mfa === 'no' ? noMfa : unknownMfa;
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
    return done === true ? { ...showsNoCustomer, says: `Partner Center ${showsNoCustomer.says}.` } : undefined;
  } catch (failure) {
    if (!(failure instanceof PartnerError)) throw failure;
    const { says, next } = partnerAdvice[failure.code];
    const id = failure.correlationId === undefined ? '' : ` (correlation id ${failure.correlationId})`;
    return { says: `Partner Center does not answer this account: ${says}${id}`, next };
  }
}
