import type { Secret } from '../base/index.ts';
import { type EntraApp, readEntraApp } from './app-registrations.ts';
import { readSandboxKey } from './keys.ts';
import { createSettingReader } from './setting-reader.ts';
import type { Environment, SettingsResult } from './text-reader.ts';
import { findUnsafeEnvironment } from './unsafe-environment.ts';

/** What the audit trail is read with. */
export type AuditSettings = {
  readonly databaseUrl: Secret;
  /** Undefined: neither set, nor kept by a sandbox beside the database. */
  readonly auditKey: Secret | undefined;
};

/** What a new sign-in is made and kept with. */
export type ConsentSettings = {
  readonly app: EntraApp;
  readonly databaseUrl: Secret;
  readonly sealingKeys: readonly Secret[];
  /** Says which scopes a customer is asked for. Undefined: all. */
  readonly policyFile: string | undefined;
};

/** Reads `DATABASE_URL` and `AUDIT_KEY` and no other setting. The defaults are the sandbox's database and its kept key. */
export function readAuditSettings(environment: Environment): SettingsResult<AuditSettings> {
  const read = createSettingReader(environment);
  const databaseUrl = read.databaseUrl();
  const auditKey = read.key('AUDIT_KEY');
  return read.finish({ databaseUrl, auditKey: auditKey ?? readSandboxKey(databaseUrl, 'audit.key') });
}

/** Reads the application, `DATABASE_URL`, `SEALING_KEY` and the path of the policy, as the bot does, and no other setting. */
export function readConsentSettings(environment: Environment, now: number): SettingsResult<ConsentSettings> {
  const read = createSettingReader(environment);
  read.report(...findUnsafeEnvironment(environment));
  read.proxy('OUTBOUND_PROXY');
  return read.finish({
    app: readEntraApp(read, now),
    databaseUrl: read.databaseUrl(),
    sealingKeys: read.neededKeys('SEALING_KEY'),
    policyFile: read.text('POLICY_FILE'),
  });
}

/** Reads `OUTBOUND_PROXY` and no other setting; undefined where it is not set, or is no address of a proxy. */
export function readOutboundProxy(environment: Environment): string | undefined {
  const read = createSettingReader(environment);
  const proxy = read.proxy('OUTBOUND_PROXY');
  return read.problems.length === 0 ? proxy : undefined;
}

/** Reads `DATABASE_URL` and no other setting. */
export function readBackupSettings(environment: Environment): SettingsResult<{ readonly databaseUrl: Secret }> {
  const read = createSettingReader(environment);
  return read.finish({ databaseUrl: read.databaseUrl() });
}

/** What the Teams app package is made with; what is undefined stands as a placeholder in it. */
export type PackageSettings = {
  readonly botId: string | undefined;
  /** The name and the addresses that Teams shows of who publishes the app. */
  readonly publisher: string | undefined;
  readonly websiteUrl: string | undefined;
  readonly privacyUrl: string | undefined;
  readonly termsUrl: string | undefined;
};

/** Reads the bot's id and who publishes the app, and no other setting. */
export function readPackageSettings(environment: Environment): SettingsResult<PackageSettings> {
  const read = createSettingReader(environment);
  return read.finish({
    botId: read.text('MicrosoftAppId'),
    publisher: read.text('APP_PUBLISHER'),
    websiteUrl: httpsUrl('APP_WEBSITE_URL'),
    privacyUrl: httpsUrl('APP_PRIVACY_URL'),
    termsUrl: httpsUrl('APP_TERMS_URL'),
  });

  function httpsUrl(name: string): string | undefined {
    const value = read.text(name);
    if (value !== undefined && URL.parse(value)?.protocol !== 'https:') read.report(`${name} is not an https address`);
    return value;
  }
}
