import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const guid = '11111111-2222-4333-8444-555555555555';

/** Every setting that a production process needs to start on this machine, with its policy in that folder. */
export function productionEnvironment(folder: string, databaseUrl: string): Readonly<Record<string, string>> {
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify({ technicians: ['*'], approvers: ['*'], auditors: ['*'] }));
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    MicrosoftAppId: guid,
    MicrosoftAppTenantId: guid,
    MicrosoftAppType: 'UserAssignedMsi',
    ALLOWED_TENANT_IDS: guid,
    PARTNER_CENTER_TENANT_ID: guid,
    PARTNER_CENTER_CLIENT_ID: guid,
    PARTNER_CENTER_CLIENT_SECRET: 'CANARY-client-secret',
    SEALING_KEY: Buffer.alloc(32, 1).toString('base64'),
    AUDIT_KEY: Buffer.alloc(32, 2).toString('base64'),
    POLICY_FILE: policyFile,
    DATABASE_URL: databaseUrl,
  };
}
