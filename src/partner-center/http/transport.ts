import type { PartnerClock, PartnerCredentials } from '../partner-options.ts';

/** What every call of one partner goes through: the options with their defaults filled in. */
export type Transport = {
  readonly baseUrl: string;
  readonly credentials: PartnerCredentials;
  readonly applicationName: string | undefined;
  readonly validateMfa: boolean;
  readonly fetch: typeof globalThis.fetch;
  /** The same promise on a connection that carried nothing before. */
  readonly freshFetch: typeof globalThis.fetch;
  readonly clock: PartnerClock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly perTryMilliseconds: number;
  readonly wholeMilliseconds: number;
};
