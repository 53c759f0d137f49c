import type { Durations } from '../../src/reset/dependencies.ts';
import type { Policy } from '../../src/reset/policy/policy.ts';
import type { AuditKind } from '../../src/reset/audit-entry.ts';
import type { ConnectorLimits } from '../../src/teams/connector/retries.ts';

/** What a bot under test is started with, as JSON on its command line. */
export type BotSettings = {
  readonly databaseUrl: string;
  readonly partnerCenterUrl: string;
  readonly delivery: 'message' | 'reveal';
  readonly showPasswordForMinutes: number;
  readonly durations: Durations;
  readonly connectorLimits: ConnectorLimits;
  /** Lengths and limits are for a machine that has nothing else to do: the longer it takes to start, the longer they are. */
  readonly stretches?: boolean;
  readonly approval?: Policy['approval'];
  /** Where a pretend HaloPSA is; without it there is no ticket system. */
  readonly ticketsUrl?: string;
  /** Where a pretend Microsoft Graph is; without it Graph is off. */
  readonly graphUrl?: string;
  /** What the policy says otherwise than that of the sandbox. */
  readonly policy?: Partial<Pick<Policy, 'synchronisedUsers' | 'followUps'>>;
  /** What it prints; everything where it is not given. */
  readonly logLevel?: 'info' | 'debug';
  /** How far its clock is ahead. */
  readonly aheadMilliseconds: number;
  /**
   * A mistake planted to see that a test finds it: a clock that stands still while the process is stopped, another password
   * with every try, a password in the log.
   */
  readonly plant: 'none' | 'clock-stops-with-process' | 'another-password-with-every-try' | 'password-in-log';
};

/** What a running bot under test may be told to do, at once or right after it has committed the `nth` step of a kind from now. */
export type BotOrder = {
  readonly at: { readonly step: AuditKind; readonly nth: number } | undefined;
  readonly act:
    | 'kill'
    | 'pause'
    | 'forget-orders'
    | 'half-an-hour-passes'
    | 'fill-database'
    | 'make-database-read-only'
    | 'mend-database';
};

/** A little more, so that what is due after half an hour is due. */
export const halfAnHourMilliseconds = 31 * 60_000;
