import type { Log } from '../base/index.ts';
import type { TokenSource } from '../graph/index.ts';
import type { PartnerCredentials } from '../partner-center/index.ts';
import type {
  Directory,
  PartnerTrouble,
  PasswordSetting,
  RaiseAlarm,
  Sealer,
  SignInPause,
  TokenStore,
} from '../reset/index.ts';
import { createAppToken } from './app-token.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createCustomerTokens } from './customer-tokens.ts';
import type { SignInDependencies } from './msal-client.ts';
import { createPartnerToken } from './partner-token.ts';
import { storedCredentials, type StoredCredentials } from './stored-credentials.ts';
import { createTokenKeepAlive } from './token-keep-alive.ts';

/** Whether the sign-in works; `since` in milliseconds since 1970. */
type SignInState =
  { readonly kind: 'good' } | { readonly kind: 'paused'; readonly cause: SignInPause; readonly since: number };

/** What a call to Partner Center has shown about the token. */
type PartnerOutcome = 'accepted' | 'mfa-required';

/** The sign-in to Partner Center and Microsoft Graph. */
export type SignIn = {
  /** For the Partner Center SDK. Rejects with a `SignInError`; the SDK keeps its code. */
  readonly credentials: PartnerCredentials;
  /** Tokens of customers' tenants for Microsoft Graph, by the same stored sign-in. */
  readonly tokenFor: TokenSource;
  /** A token of the application itself for Microsoft Graph. Rejects with a `SignInError`. */
  readonly getGraphToken: ReturnType<typeof createAppToken>;
  /** Takes what Partner Center says about the token; `reportOutcomes` calls it. */
  reportOutcome(outcome: PartnerOutcome): void;
  state(): SignInState;
  /** When an administrator has to act at the latest, in milliseconds since 1970; undefined while that is unknown. */
  readonly expiresAt: () => number | undefined;
  /** Starts daily renewals and warnings before a credential expires. */
  start(): void;
  stop(): void;
};

/**
 * Signs in to Partner Center by the Secure Application Model: one account consents once. Its sealed refresh token in the
 * store then brings access tokens. See https://learn.microsoft.com/partner-center/developer/enable-secure-app-model
 */
export function createSignIn({
  app,
  authority,
  graph,
  fetch,
  clock,
  tokens,
  sealer,
  instance,
  log,
  raiseAlarm,
}: SignInDependencies & {
  /** `https://graph.microsoft.com`. */
  readonly graph: string;
  readonly tokens: TokenStore;
  readonly sealer: Sealer;
  /** Names this process in leases. */
  readonly instance: string;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): SignIn {
  const dependencies: SignInDependencies = { app, authority, fetch, clock };
  const breaker = createCircuitBreaker({ clock, log, raiseAlarm });
  const partnerToken = createPartnerToken({ dependencies, tokens, sealer, instance, breaker, log, raiseAlarm });
  const keepAlive = createTokenKeepAlive({
    app,
    clock,
    keepAlive: (renewedBefore) => partnerToken.keepAlive(renewedBefore),
    readStored,
    raiseAlarm,
  });
  return {
    credentials: { getToken: ({ fresh = false } = {}) => partnerToken.get(fresh) },
    tokenFor: createCustomerTokens({ dependencies, resource: graph, readStored: () => partnerToken.stored(), log }),
    getGraphToken: createAppToken(dependencies, graph),
    reportOutcome(outcome) {
      switch (outcome) {
        case 'accepted':
          breaker.writeAccepted();
          return;
        case 'mfa-required':
          partnerToken.reportMfaRequired();
      }
    },
    state() {
      const circuit = breaker.current();
      return circuit === undefined ? { kind: 'good' } : { kind: 'paused', cause: circuit.cause, since: circuit.since };
    },
    expiresAt: keepAlive.expiresAt,
    start: () => {
      keepAlive.start();
    },
    stop: () => {
      keepAlive.stop();
    },
  };

  async function readStored(): Promise<StoredCredentials | undefined> {
    const row = await tokens.read();
    const opened = row && storedCredentials.open(sealer, app, row.sealed);
    return opened?.kind === 'opened' ? opened.credentials : undefined;
  }
}

/** The two ports that call Partner Center. */
type PartnerCenterPorts = { readonly directory: Directory; readonly setPassword: PasswordSetting };

/**
 * Wraps the two ports so that the sign-in learns whether Partner Center accepts its token. The SDK asks for no fresh token
 * after 900421 (no MFA), so the sign-in learns it from here only. Only an applied write counts as `accepted`: Partner
 * Center may allow reads without MFA. See https://learn.microsoft.com/partner-center/developer/partner-security-requirements
 */
export function reportOutcomes(
  { directory, setPassword }: PartnerCenterPorts,
  report: (outcome: PartnerOutcome) => void,
): PartnerCenterPorts {
  return {
    directory: {
      async find(...query) {
        const finding = await directory.find(...query);
        reportTrouble(finding.kind === 'trouble' ? finding.trouble : undefined);
        return finding;
      },
      async lookUp(...query) {
        const found = await directory.lookUp(...query);
        reportTrouble(found.kind === 'trouble' ? found.trouble : undefined);
        return found;
      },
    },
    async setPassword(...order) {
      const outcome = await setPassword(...order);
      reportTrouble(outcome.kind === 'applied' ? undefined : outcome.trouble);
      if (outcome.kind === 'applied') report('accepted');
      return outcome;
    },
  };

  function reportTrouble(trouble: PartnerTrouble | undefined): void {
    if (trouble?.code === 'mfa-required') report('mfa-required');
  }
}
