/** Reads the environment and the policy file once, and names everything that is wrong with them in one error. */
export {
  type AuditSettings,
  type ConsentSettings,
  readAuditSettings,
  readConsentSettings,
} from './command-settings.ts';
export { openPolicyFile } from './policy-file.ts';
export { createSettingReader } from './setting-reader.ts';
export {
  type Environment,
  partnerCenterAddress,
  processEnvironment,
  type ProductionSettings,
  readSettings,
  type SandboxSettings,
  type Settings,
} from './settings.ts';
