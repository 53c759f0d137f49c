/** Reads the environment once, and names everything that is wrong with the settings in one error. */
export type { BotApp, EntraApp } from './app-registrations.ts';
export {
  type AuditSettings,
  type ConsentSettings,
  type PackageSettings,
  readAuditSettings,
  readBackupSettings,
  readConsentSettings,
  readOutboundProxy,
  readPackageSettings,
} from './command-settings.ts';
export { findFileBesideDatabase, isDatabaseMissing, readDatabaseUrl } from './database-url.ts';
export { readOrCreateSandboxKey, readSandboxKey } from './keys.ts';
export {
  defaultRetentionDays,
  isOneKeyForBoth,
  partnerCenterAddress,
  processEnvironment,
  type ProductionSettings,
  readSettings,
  type SandboxSettings,
  type Settings,
  usualPorts,
} from './settings.ts';
export type { TicketSettings } from './ticket-settings.ts';
export type { Environment } from './text-reader.ts';
