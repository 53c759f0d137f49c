import type { PartnerClock, PartnerCredentials, PartnerFetch } from '../partner-options.ts';

/** What every call of one partner goes through: the options with their defaults filled in. */
export type Transport = {
  readonly baseUrl: string;
  readonly credentials: PartnerCredentials;
  readonly applicationName: string | undefined;
  readonly validateMfa: boolean;
  readonly fetch: PartnerFetch;
  /** The same promise on a connection that carried nothing before. */
  readonly freshFetch: PartnerFetch;
  readonly clock: PartnerClock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly perTryMilliseconds: number;
  readonly wholeMilliseconds: number;
};
