import { commandTunables } from '../../base/index.ts';
import type { Platform } from '../../app/index.ts';
import type { ProductionSettings } from '../../config/index.ts';
import { createGraph, type DelegatedScope, GraphError, missingScopes, type TokenRefusal } from '../../graph/index.ts';
import { createPartner, type Customer, PartnerError } from '../../partner-center/index.ts';
import { createAppToken, readCustomerRefusal, redeemAtCustomer, SignInError } from '../../sign-in/index.ts';
import { StoreError } from '../../store/index.ts';
import { graphFailures, sanitizeName } from '../../texts/index.ts';
import { renewStoredSignIn } from '../stored-sign-in.ts';
import type { Check, Finding } from './checks.ts';

/** How Graph is at one customer: it works, some scopes of its consent are missing, or there is no token. */
type CustomerState =
  | { readonly kind: 'works' }
  | { readonly kind: 'scopes-missing'; readonly scopes: readonly string[] }
  | { readonly kind: 'refused'; readonly refusal: TokenRefusal };

type LookedAt = { readonly name: string; readonly tenantId: string; readonly state: CustomerState };

const notLookedAt = { kind: 'not-checked', says: 'not looked at: the sign-in comes first' } as const;

/**
 * Makes the checks of Microsoft Graph at customers: for how many it works, and why not at others; whose GDAP relationship ends
 * within 30 days, or lacks a role. A customer without consent is no trouble: there the bot works as without Graph.
 */
export function checkGraph({
  settings,
  scopesAt,
  platform,
}: {
  readonly settings: Pick<ProductionSettings, 'databaseUrl' | 'sealingKeys' | 'partnerCenterApp' | 'partnerCenterUrl'>;
  /** What the policy needs at a customer, by its tenant id. */
  readonly scopesAt: (tenantId: string) => readonly DelegatedScope[];
  readonly platform: Platform;
}): readonly Check[] {
  const { fetch, clock, random, signIn } = platform;
  const app = settings.partnerCenterApp;
  const means = { app, authority: signIn.authority, fetch, clock };
  const consented = new Map<string, string>();
  let areCustomersKnown = false;
  return [
    { name: 'graph customers', step: 6, look: () => lookAtCustomers().catch(explainFailure) },
    { name: 'gdap', step: 3, look: () => lookAtRelationships().catch(explainFailure) },
  ];

  async function lookAtCustomers(): Promise<Finding> {
    const stored = await renewStoredSignIn(settings, platform);
    const partner = createPartner({
      credentials: { getToken: () => Promise.resolve(stored.accessToken) },
      baseUrl: settings.partnerCenterUrl,
      applicationName: 'Locksmith',
      fetch,
      clock,
      random: random.fraction,
      newId: random.guid,
    });
    const customers = await Array.fromAsync(partner.customers.query());
    const looked: LookedAt[] = [];
    const left = customers[Symbol.iterator]();
    // Each takes the next one from the same list.
    const lookOn = async (): Promise<void> => {
      for (const customer of left) looked.push(await lookAt(customer));
    };
    await Promise.all(Array.from({ length: commandTunables.customersAskedAtOnce }, lookOn));
    areCustomersKnown = true;
    return describeCustomers(looked);

    async function lookAt({ id, companyProfile }: Customer): Promise<LookedAt> {
      const told = { name: sanitizeName(companyProfile.companyName ?? companyProfile.domain ?? id), tenantId: id };
      try {
        const redeemed = await redeemAtCustomer(means, signIn.graph, id, stored);
        if (redeemed.kind === 'wrong-tenant') return { ...told, state: { kind: 'refused', refusal: 'wrong-tenant' } };
        consented.set(id.toLowerCase(), told.name);
        const scopes = missingScopes(scopesAt(id), redeemed.scopes);
        return { ...told, state: scopes.length === 0 ? { kind: 'works' } : { kind: 'scopes-missing', scopes } };
      } catch (failure) {
        if (!(failure instanceof SignInError)) throw failure;
        return { ...told, state: { kind: 'refused', refusal: readCustomerRefusal(failure.code, failure.entraCode) } };
      }
    }
  }

  /** The relationships of all customers at which Graph works. One of them may bring what another one lacks. */
  async function lookAtRelationships(): Promise<Finding> {
    if (!areCustomersKnown) return { kind: 'not-checked', says: 'not looked at: the customers come first' };
    const getToken = createAppToken(means, signIn.graph);
    const graph = createGraph({
      baseUrl: signIn.graph,
      tokenFor: async (_, { fresh }) => ({ kind: 'token', token: await getToken({ fresh }) }),
      fetch,
      clock,
      random: random.fraction,
      newId: random.guid,
    });
    const all = await graph.tenant(app.tenantId).delegatedAdminRelationships();
    if (consented.size === 0)
      return { kind: 'not-checked', says: 'not looked at: no customer lets Microsoft Graph in' };
    const active = all.filter(({ status }) => status === 'active' || status === 'expiring');
    const soon = clock.now() + 30 * 24 * 60 * 60_000;
    const ending: string[] = [];
    const lacking: string[] = [];
    for (const [tenantId, name] of consented) {
      const relationships = active.filter(({ customerTenantId }) => customerTenantId === tenantId);
      const endsAt = Math.max(
        ...relationships.map(({ isExtended, endsAt: end }) => (isExtended ? Infinity : (end ?? Infinity))),
      );
      if (endsAt < soon) ending.push(`${name} (${formatDay(endsAt)})`);
      // What ends soon brings its roles no longer.
      const lasting = relationships.filter(
        ({ isExtended, endsAt: end }) => isExtended || end === undefined || end >= soon,
      );
      const counted = lasting.length > 0 ? lasting : relationships;
      const roles = new Set(counted.flatMap((one) => one.roles));
      const missing = neededRoles.filter(({ anyOf }) => !anyOf.some((role) => roles.has(role)));
      if (missing.length > 0) lacking.push(`${name} (${missing.map((role) => role.name).join(', ')})`);
    }
    const says = [
      ...(ending.length > 0 ? [`ends within 30 days: ${nameSome(ending)}`] : []),
      ...(lacking.length > 0 ? [`a role is missing: ${nameSome(lacking)}`] : []),
    ];
    return says.length === 0
      ? {
          kind: 'ok',
          says: `at ${consented.size === 1 ? '1 customer' : `${consented.size} customers`} GDAP lasts longer than 30 days and has the roles`,
        }
      : {
          kind: 'wrong',
          says: says.join('; '),
          todo: 'Have the customer approve a new GDAP relationship with these roles in Partner Center, and give them to the group of the account.',
        };
  }
}

const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const globalReader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const securityReader = '5d6b6bb7-de71-4623-b4af-96380a352509';
const securityOperator = '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f';
const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814';
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const directoryReaders = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b';
const authenticationAdministrators = [
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
  'c4e39bd9-1100-46d3-8c65-fb160da0071f',
] as const;

/** https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
const neededRoles: readonly { readonly name: string; readonly anyOf: readonly string[] }[] = [
  {
    name: 'Directory Readers',
    anyOf: [directoryReaders, globalReader, userAdministrator, globalAdministrator],
  },
  { name: 'Authentication Administrator', anyOf: [...authenticationAdministrators, globalAdministrator] },
  // https://learn.microsoft.com/graph/api/rbacapplication-list-roleeligibilityscheduleinstances
  {
    name: 'Global Reader, for roles to be activated',
    anyOf: [globalReader, securityReader, securityOperator, privilegedRoleAdministrator, globalAdministrator],
  },
];

/** One part a kind of trouble, with how many customers and which, and what to do about each. */
function describeCustomers(looked: readonly LookedAt[]): Finding {
  const groups = new Map<string, { readonly names: string[]; readonly todo: string | undefined }>();
  const note = (why: string, name: string, todo: string | undefined): void => {
    const group = groups.get(why) ?? { names: [], todo };
    group.names.push(name);
    groups.set(why, group);
  };
  for (const { name, state } of looked) {
    if (state.kind === 'refused') {
      const { refusal } = state;
      const step = graphFailures[refusal].administrator.replaceAll('`', '"');
      note(refusal, name, refusal === 'not-consented' ? undefined : step);
    }
    if (state.kind === 'scopes-missing')
      for (const scope of state.scopes) note(`${scope} is missing`, name, consentAnew);
  }
  const count = (kind: CustomerState['kind']): number => looked.filter(({ state }) => state.kind === kind).length;
  const details = [...groups].map(([why, { names }]) => `${why} (${names.length}): ${nameSome(names)}`);
  const inPart = count('scopes-missing');
  const works = `gets a token with every scope at ${count('works')} of ${looked.length === 1 ? '1 customer' : `${looked.length} customers`}`;
  const says = [works, ...(inPart > 0 ? [`with some at ${inPart}`] : []), ...details].join('; ');
  const todos = new Set([...groups.values()].flatMap(({ todo }) => todo ?? []));
  return todos.size === 0 ? { kind: 'ok', says } : { kind: 'wrong', says, todo: [...todos].join(' ') };
}

const consentAnew =
  'Delete the application among the enterprise applications of that customer, and run "npm run consent -- --customer NAME" again.';

function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, commandTunables.maxNamedCustomers).join(', ');
  return names.length > commandTunables.maxNamedCustomers
    ? `${shown} and ${names.length - commandTunables.maxNamedCustomers} more`
    : shown;
}

function formatDay(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : 'no relationship';
}

/** Graph has no answer, or none in time; every other failure is its no. */
const noAnswerCodes: ReadonlySet<GraphError['code']> = new Set([
  'timed-out',
  'not-connected',
  'no-answer',
  'service-fault',
  'throttled',
]);

function explainFailure(failure: unknown): Finding {
  if (failure instanceof SignInError || failure instanceof StoreError) return notLookedAt;
  if (failure instanceof PartnerError)
    return { kind: 'not-checked', says: 'not looked at: Partner Center comes first' };
  if (!(failure instanceof GraphError)) throw failure;
  if (failure.code !== 'forbidden') {
    const { technician, administrator } = graphFailures[failure.code];
    const kind = noAnswerCodes.has(failure.code) ? 'not-reachable' : 'refused';
    return { kind, says: technician.problem, todo: administrator.replaceAll('`', '"') };
  }
  return {
    kind: 'not-checked',
    says: 'not looked at: for this the application needs DelegatedAdminRelationship.Read.All (application) of Microsoft Graph',
  };
}
