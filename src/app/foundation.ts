import { createLog, type Log, type Secret } from '../base/index.ts';
import type { EntraApp, Settings, TicketSettings } from '../config/index.ts';
import { createInstrumentation, type Instrumentation, type MetricsSettings } from '../observability/index.ts';
import type { TokenSource } from '../graph/index.ts';
import type { PartnerCredentials } from '../partner-center/index.ts';
import {
  createFindOwedNote,
  type Groups,
  type Policy,
  type RaiseAlarm,
  raiseOncePerSealingKey,
  type Tickets,
} from '../reset/index.ts';
import { createSealer, createStoreClock, type KeyedSealer, openStore, type Store } from '../store/index.ts';
import type { Guide } from '../teams/index.ts';
import { createTickets } from '../tickets/index.ts';
import type { Platform } from './platform.ts';

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

/** What all other parts are built on. */
export type Foundation = {
  readonly platform: Platform;
  readonly clock: Platform['clock'];
  readonly log: Log;
  /** Writes the lines of the audit trail at every `LOG_LEVEL`: only printed heads show that the trail's end was cut off. */
  readonly trailLog: Log;
  /** A random name of this process, which its leases carry. */
  readonly instance: string;
  readonly sealer: KeyedSealer;
  readonly store: Store;
  /** The clock that judges leases, one for all instances. */
  readonly storeClock: Awaited<ReturnType<typeof createStoreClock>>;
  readonly restoredFrom: Awaited<ReturnType<Store['restoredFrom']>>;
  readonly instrumentation: Instrumentation;
  readonly raiseAlarm: RaiseAlarm;
  /** The port to the ticket system, where there is one. */
  readonly tickets: Tickets | undefined;
};

/** Opens the store, and builds what needs no other part. */
export async function openFoundation(settings: AppSettings, platform: Platform): Promise<Foundation> {
  const { clock, random, write } = platform;
  const log = createLog({ write, clock, level: settings.logLevel });
  const trailLog = createLog({ write, clock, level: 'info' });
  const instance = random.token();
  const sealer = createSealer(settings.sealingKeys, random.bytes);
  const { databaseUrl: url, auditKey } = settings;
  const { ticketSystem, ticketTimeMinutes } = settings;
  const tickets =
    ticketSystem === undefined || ticketSystem === 'off'
      ? undefined
      : createTickets(ticketSystem, { fetch: platform.fetch, clock }, ticketTimeMinutes);
  const findOwedNote = createFindOwedNote(tickets);
  const store = await openStore({ url, clock, instance, auditKey, log, trailLog, findOwedNote });
  const instrumentation = await createInstrumentation(settings.metrics, { clock, log });
  const raiseAlarm = raiseOncePerSealingKey(instrumentation.instrumentAlarms(settings.raiseAlarm));
  store.watchAlterations((altered) => {
    raiseAlarm({ kind: 'row-altered', ...altered });
  });
  const storeClock = await createStoreClock(store, clock, log, (milliseconds) => {
    raiseAlarm({ kind: 'clocks-disagree', milliseconds });
  });
  const restoredFrom = await store.restoredFrom();
  return {
    platform,
    clock,
    log,
    trailLog,
    instance,
    sealer,
    store,
    storeClock,
    restoredFrom,
    instrumentation,
    raiseAlarm,
    tickets: tickets && instrumentation.instrumentTickets(tickets),
  };
}
