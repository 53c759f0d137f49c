import type { Log } from '../base/index.ts';
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
import type { SignInDependencies } from './msal-client.ts';
import { createPartnerToken } from './partner-token.ts';
import { storedCredentials, type StoredCredentials } from './stored-credentials.ts';
import { createTokenKeepAlive } from './token-keep-alive.ts';

/** How the sign-in stands, without anything secret. */
type SignInState =
  { readonly kind: 'good' } | { readonly kind: 'paused'; readonly cause: SignInPause; readonly since: number };

export type SignIn = {
  /** For the SDK. Rejects with a `SignInError`, of which the SDK keeps the code. */
  readonly credentials: PartnerCredentials;
  /** A token of the application alone for Microsoft Graph. */
  readonly getGraphToken: ReturnType<typeof createAppToken>;
  /** Told what Partner Center says of the tokens; see `watchAnswers`. */
  note(answer: 'accepted' | 'mfa-required'): void;
  state(): SignInState;
  /** When somebody has to do something about it, in milliseconds since 1970; undefined as long as nobody knows. */
  readonly endsAt: () => number | undefined;
  /** Renews at least daily from now on, and warns of what ends. */
  start(): void;
  stop(): void;
};

/**
 * Signs in to Partner Center by the Secure Application Model: one account consented once, and what it left, sealed in the
 * store, brings access tokens. https://learn.microsoft.com/partner-center/developer/enable-secure-app-model
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
  const means: SignInDependencies = { app, authority, fetch, clock };
  const pause = createCircuitBreaker({ clock, log, raiseAlarm });
  const partner = createPartnerToken({ means, tokens, sealer, instance, pause, log, raiseAlarm });
  const watch = createTokenKeepAlive({
    app,
    clock,
    keepAlive: (before) => partner.keepAlive(before),
    kept,
    raiseAlarm,
  });
  return {
    credentials: { getToken: ({ fresh = false } = {}) => partner.get(fresh) },
    getGraphToken: createAppToken(means, graph),
    note(answer) {
      switch (answer) {
        case 'accepted':
          pause.accepted();
          return;
        case 'mfa-required':
          partner.refusedForMfa();
      }
    },
    endsAt: watch.endsAt,
    state() {
      const paused = pause.current();
      return paused === undefined ? { kind: 'good' } : { kind: 'paused', cause: paused.cause, since: paused.since };
    },
    start: () => {
      watch.start();
    },
    stop: () => {
      watch.stop();
    },
  };

  async function kept(): Promise<StoredCredentials | undefined> {
    const row = await tokens.read();
    const opened = row && storedCredentials.open(sealer, app, row.sealed);
    return opened?.kind === 'opened' ? opened.kept : undefined;
  }
}

/** The two ways to Partner Center. */
type PartnerCenterPorts = { readonly directory: Directory; readonly setPassword: PasswordSetting };

/**
 * The same two ways, which tell the sign-in whether Partner Center takes its token: the SDK tries no fresh token after
 * 900421 (no MFA), so nobody else would. Only a write that was taken says that it does: reads may be let through without MFA.
 */
export function reportOutcomes(
  { directory, setPassword }: PartnerCenterPorts,
  note: (answer: 'accepted' | 'mfa-required') => void,
): PartnerCenterPorts {
  return {
    directory: {
      async find(...asked) {
        const finding = await directory.find(...asked);
        noteTrouble(finding.kind === 'trouble' ? finding.trouble : undefined);
        return finding;
      },
      async lookUp(...asked) {
        const found = await directory.lookUp(...asked);
        noteTrouble(found.kind === 'trouble' ? found.trouble : undefined);
        return found;
      },
    },
    async setPassword(...asked) {
      const outcome = await setPassword(...asked);
      noteTrouble(outcome.kind === 'applied' ? undefined : outcome.trouble);
      if (outcome.kind === 'applied') note('accepted');
      return outcome;
    },
  };

  function noteTrouble(trouble: PartnerTrouble | undefined): void {
    if (trouble?.code === 'mfa-required') note('mfa-required');
  }
}
