import type { Log } from '../log.ts';
import type { PartnerCredentials } from '../partner-center/index.ts';
import type { RaiseAlarm } from '../reset/alarm.ts';
import type { Sealer, TokenStore } from '../reset/ports/sealing.ts';
import type { SignInPause } from '../reset/refusal.ts';
import { createAppToken } from './create-app-token.ts';
import type { SignInMeans } from './create-msal-app.ts';
import { createPartnerToken } from './create-partner-token.ts';
import { createPause } from './create-pause.ts';
import { createSignInWatch } from './create-sign-in-watch.ts';
import { keptSignIn, type KeptSignIn } from './kept-sign-in.ts';

/** How the sign-in stands, without anything secret. */
export type SignInState =
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
}: SignInMeans & {
  /** `https://graph.microsoft.com`. */
  readonly graph: string;
  readonly tokens: TokenStore;
  readonly sealer: Sealer;
  /** Names this process in leases. */
  readonly instance: string;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): SignIn {
  const means: SignInMeans = { app, authority, fetch, clock };
  const pause = createPause({ clock, log, raiseAlarm });
  const partner = createPartnerToken({ means, tokens, sealer, instance, pause, log, raiseAlarm });
  const watch = createSignInWatch({ app, clock, keepAlive: (before) => partner.keepAlive(before), kept, raiseAlarm });
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

  async function kept(): Promise<KeptSignIn | undefined> {
    const row = await tokens.read();
    const opened = row && keptSignIn.open(sealer, app, row.sealed);
    return opened?.kind === 'opened' ? opened.kept : undefined;
  }
}
