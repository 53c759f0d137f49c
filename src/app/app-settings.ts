import type { Secret } from '../base/index.ts';
import type { EntraApp, Settings, TicketSettings } from '../config/index.ts';
import type { TokenSource } from '../graph/index.ts';
import type { MetricsSettings } from '../observability/index.ts';
import type { PartnerCredentials } from '../partner-center/index.ts';
import type { Groups, Policy, RaiseAlarm } from '../reset/index.ts';
import type { Guide } from '../teams/index.ts';

/** What the app is made with, besides the platform. */
export type AppSettings = Pick<
  Settings,
  'mode' | 'host' | 'port' | 'databaseUrl' | 'reset' | 'delivery' | 'logLevel' | 'retentionDays'
> & {
  readonly endpoint: EndpointSettings;
  readonly partnerCenterUrl: string;
  readonly partnerAccess: PartnerAccessSettings;
  /** The ticket system. Left out, or `off`: there is none. */
  readonly ticketSystem?: TicketSettings | 'off' | undefined;
  /** Minutes that are entered with the note of a delivered reset; undefined: none. */
  readonly ticketTimeMinutes?: number | undefined;
  readonly sealingKeys: readonly Secret[];
  readonly auditKey: Secret;
  /** How Microsoft Graph is asked at customers; undefined: it is not. */
  readonly graph?: GraphSettings | undefined;
  /** Returns the policy that is in force now. */
  readonly policy: () => Policy;
  readonly raiseAlarm: RaiseAlarm;
  /** Undefined: there are no metrics. */
  readonly metrics: MetricsSettings | undefined;
};

/** Microsoft Graph with tokens of the sign-in, or with an address and tokens that are given. */
export type GraphSettings =
  | { readonly kind: 'off' }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'given'; readonly url: string; readonly tokenFor: TokenSource };

/** Who may call the bot, and as whom the bot answers. */
export type EndpointSettings =
  | {
      readonly kind: 'sandbox';
      /** Without tenants those of all may talk to the bot. */
      readonly allowedTenants?: readonly string[] | undefined;
      /** Answers a text of a person in place of the bot; undefined where the bot answers. */
      readonly guide?: Guide;
      /** The ids by which the chat of the sandbox knows people whom the policy names by their object id. Teams takes either. */
      readonly memberIds?: ReadonlyMap<string, string>;
      /** The name of a chat of the sandbox that approvers are in. */
      readonly approverChat?: string;
    }
  | {
      readonly kind: 'production';
      readonly appId: string;
      readonly allowedTenants: readonly string[];
      /** Returns a token for the connector; `fresh`: it refused the last one. */
      readonly getToken: (options?: { readonly fresh?: boolean }) => Promise<Secret>;
    };

/** How Partner Center and the groups are reached: by what is given, or by the sign-in that the store keeps. */
export type PartnerAccessSettings =
  | { readonly kind: 'given'; readonly credentials: PartnerCredentials; readonly groups: Groups }
  | { readonly kind: 'sign-in'; readonly app: EntraApp };
