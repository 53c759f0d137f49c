import { readFileSync } from 'node:fs';
import { type LogLevel, logLevels, Secret } from '../base/index.ts';
import { type BotApp, type CertificateProblem, type EntraApp, readClientCertificate } from '../sign-in/index.ts';
import { createSettingReader, type SettingReader } from './setting-reader.ts';
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
  /** Where alarms go; undefined: to the log only. Such an address lets whoever knows it write there, so it is a secret. */
  readonly alertWebhookUrl: Secret | undefined;
  /** Where `GET /metrics` is answered; without a port, nowhere. */
  readonly metricsPort: number | undefined;
  readonly metricsHost: string;
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
};

export type ProductionSettings = CommonSettings & {
  readonly mode: 'production';
  readonly bot: BotApp;
  readonly allowedTenants: readonly string[];
  readonly partnerCenterUrl: string;
  readonly partnerCenterApp: EntraApp;
  readonly sealingKeys: readonly Secret[];
  readonly auditKey: Secret;
  readonly policyFile: string;
};

/** Either the settings, or everything that is wrong with them, a line each. */
export type SettingsResult =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'problems'; readonly mode: Settings['mode']; readonly problems: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** The only address that a production token goes to. */
export const partnerCenterAddress = 'https://api.partnercenter.microsoft.com';
const wildcardHosts: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Reads the environment once. A setting that is there but empty counts as not set; `NAME_FILE` names a file that holds
 * `NAME`. Every problem is named, none is guessed away. At `now` a certificate has to be good.
 * `execArgv` is what Node itself was told on the command line.
 */
export function readSettings(
  environment: Environment,
  readFile: (path: string) => string = readTextFile,
  now: number = Date.now(),
  execArgv: readonly string[] = [],
): SettingsResult {
  const problems: string[] = [];
  const read = createSettingReader(environment, readFile, problems);
  // Who names a file for the bot's id means a bot, even where the file is empty because it was not mounted.
  const namesBot =
    read.text('MicrosoftAppId') !== undefined || (environment['MicrosoftAppId_FILE'] ?? '').trim() !== '';
  const sandbox = !namesBot && read.text('NODE_ENV') !== 'production';
  const common = {
    port: read.port('PORT', 3978),
    databaseUrl: read.databaseUrl('DATABASE_URL', 'sqlite:./data/locksmith.db', sandbox ? 'any' : 'private'),
    reset: read.oneOf('PARTNER_CENTER_RESET', ['auto', 'resetpassword', 'user'], 'auto'),
    delivery: read.oneOf('PASSWORD_DELIVERY', ['message', 'reveal'], 'message'),
    logLevel: read.oneOf('LOG_LEVEL', logLevels, 'info'),
    alertWebhookUrl: read.webhookUrl('ALERT_WEBHOOK_URL', sandbox ? 'https-or-loopback' : 'https'),
    metricsPort: read.optionalPort('METRICS_PORT'),
    metricsHost: read.text('METRICS_HOST') ?? '127.0.0.1',
  };
  const settings = sandbox ? readSandbox() : readProduction();
  if (common.metricsPort === settings.port && settings.port !== 0 && isSameHost(settings.host, settings.metricsHost)) {
    problems.push('METRICS_PORT is the same as PORT: give it one of its own');
  }
  return problems.length > 0 ? { kind: 'problems', mode: settings.mode, problems } : { kind: 'settings', settings };

  function readSandbox(): SandboxSettings {
    const host = read.text('HOST') ?? '127.0.0.1';
    if (!loopbackHosts.has(host)) {
      problems.push(`HOST is ${host}: the sandbox does not check who calls, so it listens on loopback only`);
    }
    if (!loopbackHosts.has(common.metricsHost)) {
      problems.push(`METRICS_HOST is ${common.metricsHost}: the sandbox listens on loopback only`);
    }
    return {
      ...common,
      mode: 'sandbox',
      host,
      partnerCenterUrl: read.url('PARTNER_CENTER_BASE_URL'),
      playground: read.oneOf('PLAYGROUND', ['on', 'off'], 'on') === 'on',
      playgroundPort: read.port('PLAYGROUND_PORT', 56_150),
      sealingKeys: read.keys('SEALING_KEY'),
      auditKey: read.key('AUDIT_KEY'),
      policyFile: read.text('POLICY_FILE'),
    };
  }

  function readProduction(): ProductionSettings {
    problems.push(...findUnsafeEnvironment(environment, execArgv));
    const url = read.text('PARTNER_CENTER_BASE_URL') ?? partnerCenterAddress;
    if (url !== partnerCenterAddress) problems.push(`PARTNER_CENTER_BASE_URL is not ${partnerCenterAddress}`);
    return {
      ...common,
      mode: 'production',
      host: read.text('HOST') ?? '0.0.0.0',
      bot: readBotApp(read, problems),
      allowedTenants: read.neededGuids('ALLOWED_TENANT_IDS'),
      partnerCenterUrl: url,
      partnerCenterApp: readEntraApp(read, problems, now),
      sealingKeys: read.neededKeys('SEALING_KEY'),
      auditKey: read.neededKey('AUDIT_KEY'),
      policyFile: read.neededText('POLICY_FILE'),
    };
  }
}

/** The command line's own environment; nothing else reads it. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Whether one port may not be taken at both. `localhost` is one of loopback's addresses, and nobody knows which. */
function isSameHost(one: string, other: string): boolean {
  if (one === other || wildcardHosts.has(one) || wildcardHosts.has(other)) return true;
  return (one === 'localhost' && loopbackHosts.has(other)) || (other === 'localhost' && loopbackHosts.has(one));
}

function readTextFile(path: string): string {
  return readFileSync(path, 'utf8');
}

/** The Azure Bot, by the Bot Framework's own names; whatever is wrong with them goes into `problems`. */
export function readBotApp(read: SettingReader, problems: string[]): BotApp {
  const appId = read.neededGuid('MicrosoftAppId');
  const tenantId = read.neededGuid('MicrosoftAppTenantId');
  switch (read.oneOf('MicrosoftAppType', ['SingleTenant', 'UserAssignedMsi'], 'SingleTenant')) {
    case 'SingleTenant':
      return { kind: 'single-tenant', appId, tenantId, password: read.neededSecret('MicrosoftAppPassword') };
    case 'UserAssignedMsi':
      if (read.text('MicrosoftAppPassword') !== undefined) {
        problems.push('MicrosoftAppPassword is set, but a UserAssignedMsi bot has no password');
      }
      return { kind: 'managed-identity', appId };
  }
}

const certificateSetting = 'PARTNER_CENTER_CLIENT_CERTIFICATE';

const certificateProblems = {
  'no-certificate': 'holds no certificate in PEM',
  'no-private-key': 'holds no private key in PEM',
  'key-encrypted': 'holds a private key that is encrypted: give it without a passphrase',
  'key-not-rsa': 'holds a private key that is not RSA: Microsoft Entra takes no other',
  'key-of-another': 'holds a private key of another certificate',
  ended: 'holds a certificate that has ended',
  'not-yet-good': 'holds a certificate that is not good yet',
} as const satisfies Record<CertificateProblem, string>;

/**
 * The application for Partner Center, by its certificate where one is given, else by its secret; whatever is wrong goes
 * into `problems`, a certificate that is not good at `now` too.
 */
export function readEntraApp(read: SettingReader, problems: string[], now: number): EntraApp {
  const app = {
    tenantId: read.neededGuid('PARTNER_CENTER_TENANT_ID'),
    clientId: read.neededGuid('PARTNER_CENTER_CLIENT_ID'),
  };
  const pem = read.pem(certificateSetting);
  const secret = read.secret('PARTNER_CENTER_CLIENT_SECRET');
  if (pem === undefined) {
    const isNamed = problems.some((problem) => /^PARTNER_CENTER_CLIENT_(?:SECRET|CERTIFICATE)/.test(problem));
    if (secret === undefined && !isNamed)
      problems.push(`PARTNER_CENTER_CLIENT_SECRET or ${certificateSetting} is not set`);
    return { ...app, credential: { kind: 'secret', secret: secret ?? new Secret('') } };
  }
  const certificate = readClientCertificate(pem, now);
  switch (certificate.kind) {
    case 'certificate':
      return { ...app, credential: certificate };
    case 'problem':
      problems.push(`${certificateSetting} ${certificateProblems[certificate.problem]}`);
      return { ...app, credential: { kind: 'secret', secret: new Secret('') } };
  }
}
