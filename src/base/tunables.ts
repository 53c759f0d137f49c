/** The Partner Center SDK's defaults. */
export const partnerCenterTunables = {} as const;

/** Sign-in to Microsoft Entra and Microsoft Graph. */
export const signInTunables = {
  /** A token counts as expired this long before its end, so that it does not expire on its way. @default 30 seconds */
  accessTokenSafetyMarginMilliseconds: 30_000,
  /** For how long a refused application is not sent to Entra again. @default 5 seconds */
  appTokenRefusalMilliseconds: 5000,
  /** Time limit for one request to Entra. @default 10 seconds */
  entraRequestTimeoutMilliseconds: 10_000,
  /** Longest answer of Entra that is read. @default 1 MiB */
  maxEntraAnswerBytes: 1024 * 1024,

  /** Time limit for one sign-in without a user, all its requests together. Must be shorter than the lease. @default 20 seconds */
  signInTimeoutMilliseconds: 20_000,
  /** How long one instance holds the lease on a renewal. Must be shorter than the wait for it. @default 30 seconds */
  renewalLeaseMilliseconds: 30_000,
  /** How long an instance waits for the renewal of another one. @default 45 seconds */
  renewalWaitMilliseconds: 45_000,
  /** How often an instance looks for the renewal of another one. @default 200 milliseconds */
  renewalPollMilliseconds: 200,
  /** Calls that are refused within this time after a renewal share its token. @default 10 seconds */
  freshTokenShareMilliseconds: 10_000,

  /** First pause of the circuit breaker; each further one is twice as long. @default 5 minutes */
  breakerFirstPauseMilliseconds: 5 * 60_000,
  /** Longest pause of the circuit breaker. @default 60 minutes */
  breakerLongestPauseMilliseconds: 60 * 60_000,

  /** How often the stored sign-in is checked. @default 5 minutes */
  keepAliveCheckMilliseconds: 5 * 60_000,
  /** A stored sign-in that is older than this is renewed. @default 24 hours */
  keepAliveRenewalAgeMilliseconds: 24 * 60 * 60_000,
  /** Days before its end on which a credential raises an alarm, once each; longest first. @default 14, 7, 3, 1 */
  expiryWarningDays: [14, 7, 3, 1],

  /** Time limit for a token of a managed identity. @default 20 seconds */
  managedIdentityTimeoutMilliseconds: 20_000,
  /** Time limit for one request for the groups of a person. @default 10 seconds */
  graphRequestTimeoutMilliseconds: 10_000,
  /** Longest list of groups that is read. @default 4 MiB */
  maxGraphAnswerBytes: 4 * 1024 * 1024,
} as const;

/** How names are found, and for how long an index counts. */
export const directoryTunables = {} as const;

/** Use cases of a reset: questions, approval, history, who may. */
export const useCaseTunables = {} as const;

/** The workflow that carries a confirmed reset to its end. */
export const workflowTunables = {} as const;

/** Bot Framework: HTTP server, gate, connector, handlers. */
export const teamsTunables = {} as const;

/** Database, audit log and their clocks. */
export const storeTunables = {} as const;

/** Metrics and alarms. */
export const observabilityTunables = {} as const;

/** Start, shutdown, readiness and configuration. */
export const processTunables = {} as const;

/** Commands beside the bot. */
export const commandTunables = {} as const;
