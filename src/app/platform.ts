import { type Clock, processTunables, type Random, systemClock, systemRandom } from '../base/index.ts';
import type { Durations } from '../reset/index.ts';
import { botFrameworkEndpoints, type BotFrameworkEndpoints, type ConnectorLimits } from '../teams/index.ts';

/** All that comes from outside the process, and that tests replace. No setting changes any of it. */
export type Platform = {
  readonly fetch: typeof globalThis.fetch;
  /** `http://host:port`: the proxy of the calls that do not go through `fetch`. Undefined: they go straight. */
  readonly outboundProxy: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly write: (line: string) => void;
  readonly durations: Durations;
  readonly connectorLimits: ConnectorLimits;
  /**
   * Milliseconds after a signal: the process has ended after `timeout`, even if a part hangs. It answers requests for
   * `serveOn`, because a load balancer sends them until it has read `/readyz`.
   */
  readonly shutdown: { readonly timeout: number; readonly serveOn: number };
  readonly botFramework: BotFrameworkEndpoints;
  /** The addresses of Microsoft Entra and Microsoft Graph, without the tenant and without a slash at the end. */
  readonly signIn: { readonly authority: string; readonly graph: string };
};

/** The real network, clock and randomness. */
export const realPlatform: Platform = {
  fetch: globalThis.fetch,
  outboundProxy: undefined,
  clock: systemClock,
  random: systemRandom,
  write: (line) => void process.stdout.write(line),
  durations: {
    lease: processTunables.leaseMilliseconds,
    resetTry: processTunables.resetTryTimeoutMilliseconds,
    poll: processTunables.duePollMilliseconds,
  },
  connectorLimits: {
    tryMilliseconds: processTunables.connectorTryTimeoutMilliseconds,
    retryWithinMilliseconds: processTunables.connectorRetryTimeoutMilliseconds,
  },
  shutdown: {
    timeout: processTunables.shutdownTimeoutMilliseconds,
    serveOn: processTunables.shutdownServeOnMilliseconds,
  },
  botFramework: botFrameworkEndpoints,
  signIn: { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
};
