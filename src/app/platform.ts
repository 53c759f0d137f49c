import { type Clock, type Random, systemClock, systemRandom } from '../base/index.ts';
import type { Durations } from '../reset/index.ts';
import { botFrameworkEndpoints, type BotFrameworkEndpoints, type ConnectorLimits } from '../teams/index.ts';

/** Everything that comes from outside the process and that a test gives otherwise. No setting changes any of it. */
export type Platform = {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly write: (line: string) => void;
  readonly durations: Durations;
  readonly connectorLimits: ConnectorLimits;
  /**
   * Milliseconds in which a process that is told to end has ended, whatever hangs, and for which it serves on meanwhile:
   * a load balancer still sends until `/readyz` has told it.
   */
  readonly ending: { readonly longest: number; readonly serveOn: number };
  readonly botFramework: BotFrameworkEndpoints;
  /** Where Microsoft Entra and Microsoft Graph are; without the tenant, and without a slash at the end. */
  readonly signIn: { readonly authority: string; readonly graph: string };
};

/** The real world: a try of a reset ends well before its lease does. */
export const realPlatform: Platform = {
  fetch: globalThis.fetch,
  clock: systemClock,
  random: systemRandom,
  write: (line) => void process.stdout.write(line),
  durations: { lease: 45_000, resetTry: 25_000, poll: 1000 },
  connectorLimits: { tryMilliseconds: 10_000, retryWithinMilliseconds: 20_000 },
  ending: { longest: 9500, serveOn: 2500 },
  botFramework: botFrameworkEndpoints,
  signIn: { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
};
