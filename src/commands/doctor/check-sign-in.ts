import type { Platform } from '../../app/index.ts';
import { asId, type Log, type ObjectId } from '../../base/index.ts';
import type { ProductionSettings } from '../../config/index.ts';
import {
  type AggregatePartner,
  buildIndexedQuery,
  createFreshFetch,
  createPartner,
  PartnerError,
  type PartnerFetch,
} from '../../partner-center/index.ts';
import {
  createAppToken,
  createGraphGroups,
  type SignInDependencies,
  SignInError,
  type StoredCredentials,
} from '../../sign-in/index.ts';
import { StoreError } from '../../store/index.ts';
import { newSignInFailures, partnerCenterFailures } from '../../texts/index.ts';
import { explainSignInFailure, renewStoredSignIn } from '../stored-sign-in.ts';
import type { Check, Finding, Trouble } from './checks.ts';

const codesWithOwnAdvice = new Set([
  'key_missing',
  'invalid_client',
  'client_secret_expired',
  'unreachable',
  'store_failed',
]);
/** Every other failure of the sign-in is Microsoft Entra's no. */
const signInTroubles: Readonly<Partial<Record<SignInError['code'], Trouble>>> = {
  consent_missing: 'not-made',
  unreachable: 'not-reachable',
  store_failed: 'not-reachable',
  key_missing: 'wrong',
  cache_unreadable: 'wrong',
};
/** Partner Center has no answer, or none in time; every other failure is its no. */
const noAnswerCodes: ReadonlySet<PartnerError['code']> = new Set([
  'timed-out',
  'not-connected',
  'no-answer',
  'service-fault',
]);
const policyFirst = { kind: 'not-checked', says: 'not looked at: the policy comes first' } as const;
const consentAdvice = 'Run "npm run consent" and sign in as the account that Locksmith works with.';

/**
 * Makes the checks of the sign-in. Microsoft Entra has to accept the application and give a token for the kept sign-in.
 * Partner Center, asked with `ValidateMfa`, has to show a customer and its users, over kept connections and by
 * the way that a reset takes. Where the policy names a group, Microsoft
 * Graph has to say who is in it.
 *
 * The token is always a new one, as one that is still valid says nothing about the sign-in. It is not kept, so the lease of a
 * running bot is not needed, and the kept refresh token stays valid.
 */
export function checkSignIn({
  settings,
  person,
  customers,
  platform,
}: {
  readonly settings: Pick<ProductionSettings, 'databaseUrl' | 'sealingKeys' | 'partnerCenterApp' | 'partnerCenterUrl'>;
  /** The object id of a person to ask Graph about; undefined where the policy names no group. */
  readonly person: string | undefined;
  /** The tenant ids that the policy names as customers; undefined where there is no policy that can be used. */
  readonly customers: readonly string[] | undefined;
  readonly platform: Platform;
}): readonly Check[] {
  const { fetch, clock, random, signIn } = platform;
  const { graph } = signIn;
  const means: SignInDependencies = { app: settings.partnerCenterApp, authority: signIn.authority, fetch, clock };
  const getAppToken = createAppToken(means, graph);
  let renewing: Promise<StoredCredentials> | undefined;
  let isSignedIn = true;
  const renewed = (): Promise<StoredCredentials> => (renewing ??= renewStoredSignIn(settings, platform));

  return [
    check('application', 2, async () => {
      await getAppToken();
      return { kind: 'ok', says: 'Microsoft Entra takes its secret or certificate' };
    }),
    check('sign-in', 6, async () => {
      isSignedIn = false;
      const { account } = await renewed();
      isSignedIn = true;
      return {
        kind: 'ok',
        says: `Microsoft Entra gives a new token for Partner Center to ${account || 'the account'}`,
      };
    }),
    check('partner center', 3, () =>
      isSignedIn
        ? readOneUser(fetch)
        : Promise.resolve({ kind: 'not-checked', says: 'not looked at: the sign-in comes first' }),
    ),
    // A reset takes a connection of its own, which may be held up where kept ones are not.
    check('way of a reset', 7, async () => {
      if (!isSignedIn) return { kind: 'not-checked', says: 'not looked at: the sign-in comes first' };
      const finding = await readOneUser(createFreshFetch(platform.outboundProxy));
      return finding.kind === 'ok' ? { kind: 'ok', says: `${describeWay(platform)} reaches Partner Center` } : finding;
    }),
    check('policy customers', 5, findUnknownCustomers),
    check('graph', 2, async () => {
      if (customers === undefined) return policyFirst;
      if (person === undefined)
        return { kind: 'not-checked', says: 'the policy names no group, or nobody by id to ask about' };
      // Graph is asked with a token of the application: where there is none, Graph has refused nothing.
      await getAppToken();
      let why: string | undefined;
      let status = 0;
      const log = (event: Parameters<Log>[0]): void => {
        if ('why' in event) why = String(event.why);
        if ('httpStatus' in event) status = Number(event.httpStatus);
      };
      const groups = createGraphGroups({ getToken: getAppToken, baseUrl: graph, fetch, clock, log });
      if ((await groups.memberOf(asId<ObjectId>(person))) !== 'unknown')
        return { kind: 'ok', says: 'Microsoft Graph says who is in which group' };
      return why === 'not-reached' || why === 'late' || status === 429 || status >= 500
        ? {
            kind: 'not-reachable',
            says: `Microsoft Graph does not answer${status >= 400 ? ` as it should (${status})` : ''}`,
            todo: `Let this machine reach ${new URL(graph).host} over https; until then nobody has a right by group. Every host is in docs/operations.md, "What must reach what".`,
          }
        : {
            kind: 'refused',
            says: 'Microsoft Graph does not say who is in which group',
            todo: 'Grant the application GroupMember.Read.All and User.ReadBasic.All, with admin consent; until then nobody has a right by group.',
          };
    }),
  ];

  /** A tenant id in the policy that is no customer protects no one. */
  async function findUnknownCustomers(): Promise<Finding> {
    if (customers === undefined) return policyFirst;
    if (customers.length === 0) return { kind: 'ok', says: 'the policy names none' };
    const partner = await createCheckedPartner(fetch);
    const unknown = new Set(customers);
    for await (const customer of partner.customers.query()) unknown.delete(customer.id.toLowerCase());
    return unknown.size === 0
      ? { kind: 'ok', says: 'those that the policy names are customers in Partner Center' }
      : {
          kind: 'wrong',
          says: `the policy names what is no customer in Partner Center: ${[...unknown].join(', ')}`,
          todo: 'Compare the tenant ids under "customers" in the policy file with Partner Center.',
        };
  }

  async function createCheckedPartner(by: PartnerFetch): Promise<AggregatePartner> {
    const { accessToken } = await renewed();
    return createPartner({
      credentials: { getToken: () => Promise.resolve(accessToken) },
      baseUrl: settings.partnerCenterUrl,
      applicationName: 'Locksmith',
      validateMfa: true,
      fetch: by,
      clock,
      random: random.fraction,
      newId: random.guid,
    });
  }

  async function readOneUser(by: PartnerFetch): Promise<Finding> {
    const partner = await createCheckedPartner(by);
    const one = buildIndexedQuery({ size: 1 });
    for await (const customer of partner.customers.query(one)) {
      await partner.customers.byId(customer.id).users.query(one).pages()[Symbol.asyncIterator]().next();
      return { kind: 'ok', says: 'takes the sign-in, and lets customers and users be read' };
    }
    const { problem, advice } = newSignInFailures.noCustomer;
    return { kind: 'refused', says: problem, todo: advice };
  }

  function check(name: string, step: number, look: () => Promise<Finding>): Check {
    return { name, step, look: () => look().catch(explainFailure) };
  }
}

function describeWay({ outboundProxy }: Platform): string {
  return outboundProxy === undefined
    ? 'a connection of its own, straight,'
    : `a connection of its own, through OUTBOUND_PROXY (${outboundProxy}),`;
}

function explainFailure(failure: unknown): Finding {
  if (failure instanceof SignInError) {
    const { problem, advice } = explainSignInFailure(failure);
    const kind = signInTroubles[failure.code] ?? 'refused';
    return { kind, says: problem, todo: codesWithOwnAdvice.has(failure.code) ? advice : consentAdvice };
  }
  if (failure instanceof PartnerError) {
    const { problem, advice } = partnerCenterFailures[failure.code];
    const id = failure.correlationId === undefined ? '' : ` (correlation id ${failure.correlationId})`;
    const kind = noAnswerCodes.has(failure.code) ? 'not-reachable' : 'refused';
    return { kind, says: `${problem}${id}`, todo: failure.code === 'sign-in-failed' ? consentAdvice : advice };
  }
  if (failure instanceof StoreError) return { kind: 'not-checked', says: 'not looked at: the store comes first' };
  throw failure;
}
