import { type LogLevel, logLevels, type Secret } from '../base/index.ts';
import { type BotApp, type EntraApp, readBotApp, readEntraApp } from './app-registrations.ts';
import { isSameKey } from './keys.ts';
import { createSettingReader, type SettingReader } from './setting-reader.ts';
import type { Environment, ReadFile, SettingsResult } from './text-reader.ts';
import {
  readSandboxTicketSettings,
  readTicketSettings,
  readTicketTime,
  type TicketSettings,
} from './ticket-settings.ts';
import { findUnsafeEnvironment } from './unsafe-environment.ts';

/** What the bot is started with. The sandbox needs nothing; production needs everything. */
export type Settings = SandboxSettings | ProductionSettings;

type CommonSettings = {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: Secret;
  readonly reset: 'auto' | 'resetpassword' | 'user';
  readonly delivery: 'message' | 'reveal';
  readonly logLevel: LogLevel;
  /** Where alarms are posted; undefined: alarms go to the log only. Its knowledge permits to write there: it is a secret. */
  readonly alertWebhookUrl: Secret | undefined;
  /** Where `GET /metrics` is answered; without a port, nowhere. */
  readonly metricsPort: number | undefined;
  readonly metricsHost: string;
  /** `http://host:port`: the only proxy that is used. Undefined: calls go straight. */
  readonly outboundProxy: string | undefined;
  /** The file of `NODE_EXTRA_CA_CERTS`: Node trusts its authorities too, for every call. */
  readonly extraAuthorities: string | undefined;
  /** For how many days requests that are over are kept. Default 400. */
  readonly retentionDays?: number | undefined;
};

export type SandboxSettings = CommonSettings & {
  readonly mode: 'sandbox';
  /** Undefined: the sandbox starts a pretend Partner Center of its own. */
  readonly partnerCenterUrl: string | undefined;
  readonly playground: boolean;
  readonly playgroundPort: number;
  /** Undefined: made once and kept in the data folder. */
  readonly sealingKeys: readonly Secret[] | undefined;
  /** Undefined: made once and kept in the data folder. */
  readonly auditKey: Secret | undefined;
  readonly policyFile: string | undefined;
  /** Undefined: people of every tenant may talk to the bot. */
  readonly allowedTenants?: readonly string[] | undefined;
  readonly graph: SandboxGraph;
  /** `pretend`: the sandbox starts a HaloPSA of its own. */
  readonly ticketSystem?: TicketSettings | 'off' | 'pretend' | undefined;
  /** Minutes that are entered with the note of a delivered reset. */
  readonly ticketTimeMinutes?: number | undefined;
};

/** Which Microsoft Graph the sandbox asks: none, a pretend one of its own, or another one on this machine. */
export type SandboxGraph =
  { readonly kind: 'off' } | { readonly kind: 'pretend' } | { readonly kind: 'at'; readonly url: string };

export type ProductionSettings = CommonSettings & {
  readonly mode: 'production';
  readonly bot: BotApp;
  readonly allowedTenants: readonly string[];
  readonly partnerCenterUrl: string;
  readonly partnerCenterApp: EntraApp;
  readonly sealingKeys: readonly Secret[];
  readonly auditKey: Secret;
  readonly policyFile: string;
  /** Whether Microsoft Graph is asked at customers that have consented. */
  readonly graph: 'on' | 'off';
  readonly ticketSystem?: TicketSettings | 'off' | undefined;
  /** Minutes that are entered with the note of a delivered reset. */
  readonly ticketTimeMinutes?: number | undefined;
};

/** The only address that a production token goes to. */
export const partnerCenterAddress = 'https://api.partnercenter.microsoft.com';
/** The only Microsoft Graph that a production token goes to. */
export const graphAddress = 'https://graph.microsoft.com';
/** Settings that one mode obeys and the other one refuses: what is set and does nothing misleads. */
const noSignIn = 'is set, but the sandbox signs in nowhere: set MicrosoftAppId for production, or leave it out';
const onlyInProduction = {
  MicrosoftAppPassword: noSignIn,
  MicrosoftAppTenantId: noSignIn,
  MicrosoftAppType: noSignIn,
  PARTNER_CENTER_TENANT_ID: noSignIn,
  PARTNER_CENTER_CLIENT_ID: noSignIn,
  PARTNER_CENTER_CLIENT_SECRET: noSignIn,
  PARTNER_CENTER_CLIENT_CERTIFICATE: noSignIn,
};
const onlyInSandbox = 'is set, but there is no Playground in production: leave it out';
export const defaultRetentionDays = 400;
const wildcardHosts: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Where the bot and the Playground listen unless it is said otherwise. */
export const usualPorts = { bot: 3978, playground: 56_150 } as const;

/**
 * Reads the environment once. A setting that is there but empty counts as not set; `NAME_FILE` names a file that holds
 * `NAME`. Every problem is named; nothing is guessed. A certificate has to be valid at `now`, in milliseconds since 1970.
 * `execArgv` holds the options of Node that stood before the program on the command line.
 */
export function readSettings(
  environment: Environment,
  readFile?: ReadFile,
  now: number = Date.now(),
  execArgv: readonly string[] = [],
): SettingsResult<Settings> & { readonly mode: Settings['mode'] } {
  const read = createSettingReader(environment, readFile);
  // A named file for the bot's id means production, even where the file is empty because it was not mounted.
  const namesBot =
    read.text('MicrosoftAppId') !== undefined || (environment['MicrosoftAppId_FILE'] ?? '').trim() !== '';
  const sandbox = !namesBot && read.text('NODE_ENV') !== 'production';
  const common = {
    port: read.port('PORT', usualPorts.bot),
    databaseUrl: read.databaseUrl(sandbox ? 'any' : 'private'),
    reset: read.oneOf('PARTNER_CENTER_RESET', ['auto', 'resetpassword', 'user'], 'auto'),
    delivery: read.oneOf('PASSWORD_DELIVERY', ['message', 'reveal'], 'message'),
    logLevel: read.oneOf('LOG_LEVEL', logLevels, 'info'),
    alertWebhookUrl: read.webhookUrl('ALERT_WEBHOOK_URL', sandbox ? 'https-or-loopback' : 'https'),
    metricsPort: read.optionalPort('METRICS_PORT'),
    metricsHost: read.text('METRICS_HOST') ?? '127.0.0.1',
    outboundProxy: read.proxy('OUTBOUND_PROXY'),
    extraAuthorities: environment['NODE_EXTRA_CA_CERTS']?.trim() || undefined,
    retentionDays: read.wholeNumber('RETENTION_DAYS', defaultRetentionDays, 1, 36_500),
  };
  const settings = sandbox ? readSandbox() : readProduction();
  if (common.metricsPort === settings.port && settings.port !== 0 && isSameHost(settings.host, settings.metricsHost)) {
    read.report('METRICS_PORT is the same as PORT: give it one of its own');
  }
  return { ...read.finish(settings), mode: settings.mode };

  function readSandbox(): SandboxSettings {
    for (const [name, why] of Object.entries(onlyInProduction)) read.refuse(name, why);
    const host = read.text('HOST') ?? '127.0.0.1';
    if (!loopbackHosts.has(host)) {
      read.report(`HOST is ${host}: the sandbox does not check who calls, so it listens on loopback only`);
    }
    if (!loopbackHosts.has(common.metricsHost)) {
      read.report(`METRICS_HOST is ${common.metricsHost}: the sandbox listens on loopback only`);
    }
    const partnerCenterUrl = read.url('PARTNER_CENTER_BASE_URL');
    const ticketSystem = readSandboxTicketSettings(read, partnerCenterUrl === undefined ? 'pretend' : 'off');
    return {
      ...common,
      mode: 'sandbox',
      host,
      partnerCenterUrl,
      graph: readSandboxGraph(read, partnerCenterUrl !== undefined),
      playground: read.oneOf('PLAYGROUND', ['on', 'off'], 'on') === 'on',
      playgroundPort: read.port('PLAYGROUND_PORT', usualPorts.playground),
      sealingKeys: read.keys('SEALING_KEY'),
      auditKey: read.key('AUDIT_KEY'),
      policyFile: read.file('POLICY_FILE'),
      allowedTenants: read.guids('ALLOWED_TENANT_IDS'),
      ticketSystem,
      ticketTimeMinutes: readTicketTime(read, ticketSystem),
    };
  }

  function readProduction(): ProductionSettings {
    read.report(...findUnsafeEnvironment(environment, execArgv));
    if (read.oneOf('PLAYGROUND', ['on', 'off'], 'off') === 'on') read.report(`PLAYGROUND ${onlyInSandbox}`);
    read.refuse('PLAYGROUND_PORT', onlyInSandbox);
    const bot = readBotApp(read);
    if (bot.kind === 'managed-identity' && common.outboundProxy !== undefined) {
      read.report(
        'OUTBOUND_PROXY is set for a bot with a managed identity, whose tokens come from this machine itself and through no proxy: give the bot a SingleTenant registration with a password',
      );
    }
    const url = read.text('PARTNER_CENTER_BASE_URL') ?? partnerCenterAddress;
    if (url !== partnerCenterAddress) read.report(`PARTNER_CENTER_BASE_URL is not ${partnerCenterAddress}`);
    const graphUrl = read.text('GRAPH_BASE_URL') ?? graphAddress;
    if (graphUrl !== graphAddress) read.report(`GRAPH_BASE_URL is not ${graphAddress}`);
    const ticketSystem = readTicketSettings(read, 'https') ?? 'off';
    return {
      ...common,
      mode: 'production',
      host: read.text('HOST') ?? '0.0.0.0',
      bot,
      allowedTenants: read.neededGuids('ALLOWED_TENANT_IDS'),
      partnerCenterUrl: url,
      partnerCenterApp: readEntraApp(read, now),
      sealingKeys: read.neededKeys('SEALING_KEY'),
      auditKey: read.neededKey('AUDIT_KEY'),
      policyFile: read.neededFile('POLICY_FILE'),
      graph: read.oneOf('MICROSOFT_GRAPH', ['on', 'off'], 'off'),
      ticketSystem,
      ticketTimeMinutes: readTicketTime(read, ticketSystem),
    };
  }
}

/**
 * The pretend Graph knows the customers of the pretend Partner Center alone. Beside another Partner Center, Graph is
 * therefore off unless its address is given too.
 */
function readSandboxGraph(read: SettingReader, isOtherPartnerCenter: boolean): SandboxGraph {
  const wanted =
    read.text('MICROSOFT_GRAPH') === undefined ? 'preset' : read.oneOf('MICROSOFT_GRAPH', ['on', 'off'], 'on');
  const url = read.url('GRAPH_BASE_URL');
  if (url !== undefined && !isLoopbackUrl(url)) {
    read.report('GRAPH_BASE_URL is on another machine: the sandbox asks no Microsoft Graph but one on loopback');
  }
  if (wanted === 'off') return { kind: 'off' };
  if (url !== undefined) return { kind: 'at', url };
  if (!isOtherPartnerCenter) return { kind: 'pretend' };
  if (wanted === 'on') {
    read.report(
      'MICROSOFT_GRAPH is on beside another PARTNER_CENTER_BASE_URL: give GRAPH_BASE_URL too, or leave it out',
    );
  }
  return { kind: 'off' };
}

function isLoopbackUrl(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return host === '[::1]' || loopbackHosts.has(host) || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether the key that seals is the one that signs the trail too. Keys that only open any more do not count. */
export function isOneKeyForBoth({ sealingKeys, auditKey }: Pick<Settings, 'sealingKeys' | 'auditKey'>): boolean {
  const [first] = sealingKeys ?? [];
  return first !== undefined && auditKey !== undefined && isSameKey(first, auditKey);
}

/** The environment of this process. No other module reads `process.env`. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Whether one port cannot be listened on at both. `localhost` may be any of loopback's addresses. */
function isSameHost(one: string, other: string): boolean {
  if (one === other || wildcardHosts.has(one) || wildcardHosts.has(other)) return true;
  return (one === 'localhost' && loopbackHosts.has(other)) || (other === 'localhost' && loopbackHosts.has(one));
}
