import type { Platform } from '../../app/index.ts';
import { type ConsentSettings, isDatabaseMissing } from '../../config/index.ts';
import { type DelegatedScope, graphApplicationId } from '../../graph/index.ts';
import { type AggregatePartner, createPartner, type Customer, PartnerError } from '../../partner-center/index.ts';
import { SignInError } from '../../sign-in/index.ts';
import { StoreError } from '../../store/index.ts';
import { type FailureText, partnerCenterFailures, sanitizeName, storeAdvice } from '../../texts/index.ts';
import { explainSignInFailure, renewStoredSignIn } from '../stored-sign-in.ts';

/** What became of the consent at one customer. */
type CustomerConsent = {
  readonly customer: string;
  readonly tenantId: string;
  readonly outcome: 'consented' | 'already' | 'refused';
  readonly scopes: readonly DelegatedScope[];
  /** Why it was refused, and what to do; undefined otherwise. */
  readonly why: string | undefined;
};

/** What became of all of it. `not-found`: no customer is called so, or several are. */
type ConsentRun =
  | { readonly kind: 'done'; readonly consents: readonly CustomerConsent[] }
  /** It ended at one of them. `consents`: what became of those before; `left`: how many were not tried. */
  | ({ readonly kind: 'ended'; readonly consents: readonly CustomerConsent[]; readonly left: number } & FailureText)
  | { readonly kind: 'not-found'; readonly several: readonly string[] }
  | ({ readonly kind: 'failed' } & FailureText);

/**
 * Consents the application for Microsoft Graph at the customers that are meant, one after the other, with exactly the scopes that
 * the policy needs there.
 * A customer that has consented before stays as it is, so it can be repeated. `progress` is called for each.
 */
export async function consentAtCustomers(
  settings: ConsentSettings,
  wanted: string,
  {
    scopesAt,
    platform,
    partnerCenterUrl,
    progress,
  }: {
    readonly scopesAt: (tenantId: string) => readonly DelegatedScope[];
    readonly platform: Pick<Platform, 'fetch' | 'clock' | 'random' | 'signIn'>;
    readonly partnerCenterUrl: string;
    readonly progress: (done: number, of: number, last: CustomerConsent) => void;
  },
): Promise<ConsentRun> {
  const { fetch, clock, random } = platform;
  const { app } = settings;
  if (isDatabaseMissing(settings.databaseUrl)) return { kind: 'failed', ...noSignInYet };
  const signInAgain = () => renewStoredSignIn({ ...settings, partnerCenterApp: app }, platform);
  const consents: CustomerConsent[] = [];
  let found: readonly Customer[] = [];
  try {
    let stored = await signInAgain();
    const partner = createPartner({
      credentials: {
        async getToken({ fresh = false } = {}) {
          if (fresh || clock.now() > stored.accessEndsAt - 60_000) stored = await signInAgain();
          return stored.accessToken;
        },
      },
      baseUrl: partnerCenterUrl,
      applicationName: 'Locksmith',
      fetch,
      clock,
      random: random.fraction,
      newId: random.guid,
    });
    found = await findCustomers(partner, wanted);
    if (found.length === 0 || (wanted !== 'all' && found.length > 1)) {
      return { kind: 'not-found', several: found.map(({ id }) => id) };
    }
    for (const customer of found) {
      const consent = await consentAt(partner, customer, {
        applicationId: app.clientId,
        scopes: scopesAt(customer.id),
      });
      consents.push(consent);
      progress(consents.length, found.length, consent);
    }
    return { kind: 'done', consents };
  } catch (failure) {
    const text = explainFailure(failure);
    return consents.length === 0
      ? { kind: 'failed', ...text }
      : { kind: 'ended', consents, left: found.length - consents.length, ...text };
  }
}

function explainFailure(failure: unknown): FailureText {
  if (failure instanceof SignInError) {
    return failure.code === 'consent_missing' ? noSignInYet : explainSignInFailure(failure);
  }
  if (failure instanceof PartnerError) return partnerCenterFailures[failure.code];
  if (!(failure instanceof StoreError)) throw failure;
  return { problem: `${failure.message} (${failure.code})`, advice: storeAdvice[failure.code] };
}

const noSignInYet: FailureText = {
  problem: 'Nobody has signed in yet, and this goes by the sign-in that is kept.',
  advice: 'Run "npm run consent" first (docs/install.md, step 6 of 9).',
};

/** Every customer, or those of this tenant id, domain or name, letter case aside. */
async function findCustomers(partner: AggregatePartner, wanted: string): Promise<readonly Customer[]> {
  const found: Customer[] = [];
  const fold = (text: string | undefined): string => (text ?? '').normalize('NFKC').trim().toLowerCase();
  for await (const customer of partner.customers.query()) {
    const { companyName, domain, tenantId } = customer.companyProfile;
    const isMeant = [customer.id, tenantId, domain, companyName].some((one) => fold(one) === fold(wanted));
    if (wanted === 'all' || isMeant) found.push(customer);
  }
  return found;
}

async function consentAt(
  partner: AggregatePartner,
  { id, companyProfile }: Customer,
  { applicationId, scopes }: { readonly applicationId: string; readonly scopes: readonly DelegatedScope[] },
): Promise<CustomerConsent> {
  const told = {
    customer: sanitizeName(companyProfile.companyName ?? companyProfile.domain ?? id),
    tenantId: id,
    scopes,
  };
  const applicationGrants = [{ enterpriseApplicationId: graphApplicationId, scopes }];
  try {
    // Twice is the same as once: the second time it is there already.
    await partner.customers
      .byId(id)
      .applicationConsents.create({ applicationId, applicationGrants }, { mayRepeat: true });
    return { ...told, outcome: 'consented', why: undefined };
  } catch (failure) {
    if (!(failure instanceof PartnerError)) throw failure;
    const { code, correlationId } = failure;
    if (code === 'already-exists') return { ...told, outcome: 'already', why: undefined };
    // Without a sign-in no other customer fares better.
    if (code === 'sign-in-failed') throw failure;
    const { problem } = partnerCenterFailures[code];
    const role = code === 'missing-role' || code === 'missing-privilege' ? ` ${onboardingRole}` : '';
    const id = correlationId === undefined ? '' : ` (correlation id ${correlationId})`;
    return { ...told, outcome: 'refused', why: `${problem}${role}${id}` };
  }
}

const onboardingRole =
  'For this the account has to be in AdminAgents, and by GDAP a Cloud Application Administrator or Privileged Role Administrator there.';

/** The table at the end: refused ones first, with why. */
export function formatConsentTable(consents: readonly CustomerConsent[]): string {
  const order = ['refused', 'consented', 'already'] as const;
  const rows = order.flatMap((outcome) => consents.filter((one) => one.outcome === outcome));
  const width = Math.min(Math.max(...rows.map(({ customer }) => customer.length)), 40);
  const lines = rows.map(({ customer, tenantId, outcome, why }) =>
    [outcome.padEnd('consented'.length), customer.padEnd(width), tenantId, why ?? ''].join('  ').trimEnd(),
  );
  const count = (outcome: CustomerConsent['outcome']): number =>
    consents.filter((one) => one.outcome === outcome).length;
  const sum = `${count('consented')} consented, ${count('already')} already, ${count('refused')} refused`;
  return [...lines, '', sum, ''].join('\n');
}

/** Which scopes were asked for; where the policy's customers differ, at how many each. */
export function formatAskedScopes(consents: readonly CustomerConsent[]): string {
  const groups = Map.groupBy(consents, ({ scopes }) => scopes.join(', '));
  if (groups.size === 1) return [...groups.keys()].map((scopes) => `Asked for ${scopes}.\n`).join('');
  return [...groups]
    .map(([scopes, { length, 0: first }]) => {
      const where = length === 1 ? (first?.customer ?? '1 customer') : `${length} customers`;
      return `Asked at ${where} for ${scopes}.\n`;
    })
    .join('');
}
