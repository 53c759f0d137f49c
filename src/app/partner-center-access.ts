import { processTunables } from '../base/index.ts';
import {
  createDirectory,
  createPasswordSetting,
  createTenantDiscovery,
  type TenantOfDomain,
} from '../directory/index.ts';
import type { TokenSource } from '../graph/index.ts';
import { createPartner } from '../partner-center/index.ts';
import { type Directory, type GraphFacts, type Groups, logPartnerTroubles, lookUpWithGraph } from '../reset/index.ts';
import { createGraphGroups, createSignIn, reportOutcomes, type SignIn } from '../sign-in/index.ts';
import type { AppSettings, PartnerAccessSettings } from './app-settings.ts';
import type { Foundation } from './foundation.ts';
import { buildGraph } from './graph-access.ts';
import { freshFetchOf } from './outbound-proxy.ts';

/**
 * Builds Partner Center: how it is signed in to, how people are found there, and how a password is set. Leases of the
 * sign-in are judged by the clock of the store.
 */
export function buildPartner(settings: AppSettings, foundation: Foundation) {
  const { platform, clock, log, instrumentation } = foundation;
  const { fetch, random } = platform;
  const access = createPartnerAccess(settings.partnerAccess, foundation);
  const partner = createPartner({
    credentials: access.credentials,
    baseUrl: settings.partnerCenterUrl,
    applicationName: 'Locksmith',
    fetch: instrumentation.instrumentFetch(fetch),
    freshFetch: instrumentation.instrumentFetch(freshFetchOf(platform)),
    clock,
    random: random.fraction,
    newId: random.guid,
  });
  const graph = buildGraph(settings, foundation, access.tokenFor);
  const { tenantOfDomain } = access;
  const directory = createDirectory({ partner, clock, tenantOfDomain, changes: graph?.changes, log });
  const passwordSetting = createPasswordSetting({ partner, route: settings.reset });
  const instrumented = {
    directory: instrumentation.instrumentDirectory(directory),
    setPassword: instrumentation.instrumentPasswordSetting(passwordSetting),
  };
  const ports = logPartnerTroubles(reportOutcomes(instrumented, access.reportOutcome), log);
  return {
    access,
    directory,
    ports: addGraphFacts(ports, graph?.facts),
    followUps: graph?.followUps,
    writeBack: graph?.writeBack,
  };
}

/** The same ports. Where Graph is on, each look-up of a user asks Graph at the same moment. */
function addGraphFacts<Ports extends { readonly directory: Directory }>(
  ports: Ports,
  facts: GraphFacts | undefined,
): Ports {
  if (facts === undefined) return ports;
  return { ...ports, directory: { ...ports.directory, ...lookUpWithGraph(ports.directory, facts) } };
}

type PartnerAccess = Pick<SignIn, 'credentials' | 'reportOutcome' | 'expiresAt' | 'start' | 'stop'> & {
  readonly groups: Groups;
  /** Gives tokens of customers' tenants for Microsoft Graph; undefined where there is no sign-in. */
  readonly tokenFor: TokenSource | undefined;
  /** Undefined where there is no sign-in that could expire. */
  readonly state: SignIn['state'] | undefined;
  /** Undefined where Microsoft Entra is not asked. */
  readonly tenantOfDomain: TenantOfDomain | undefined;
};

function createPartnerAccess(
  settings: PartnerAccessSettings,
  { platform, storeClock: clock, store, sealer, instance, log, raiseAlarm }: Foundation,
): PartnerAccess {
  const {
    fetch,
    signIn: { authority, graph },
  } = platform;
  switch (settings.kind) {
    case 'given': {
      const { credentials, groups } = settings;
      return {
        credentials,
        groups,
        tokenFor: undefined,
        state: undefined,
        tenantOfDomain: undefined,
        reportOutcome: () => undefined,
        expiresAt: () => undefined,
        start: () => undefined,
        stop: () => undefined,
      };
    }
    case 'sign-in': {
      const signIn = createSignIn({
        app: settings.app,
        authority,
        graph,
        fetch,
        clock,
        tokens: store.tokens,
        sealer,
        instance,
        log,
        raiseAlarm,
      });
      const groups = createGraphGroups({ getToken: signIn.getGraphToken, baseUrl: graph, fetch, clock, log });
      const timeout = (): AbortSignal => AbortSignal.timeout(processTunables.tenantDiscoveryTimeoutMilliseconds);
      return { ...signIn, groups, tenantOfDomain: createTenantDiscovery({ fetch, timeout }) };
    }
  }
}
