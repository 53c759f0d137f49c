import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startProcess } from '../support/start-process.ts';
import { startProductionHouse, type ProductionHouse } from '../support/start-production-house.ts';

describe('a command in a process of its own', () => {
  let house: ProductionHouse;

  beforeEach(async () => {
    house = await startProductionHouse();
    await house.consent();
  });

  afterEach(() => house.stop());

  it('does not end while it waits for nothing but a time, such as that before a second try', async () => {
    const { settings, entra, botEntra, partnerCenter } = house;
    const { bot, partnerCenterApp: app, databaseUrl, sealingKeys } = settings;
    const key = sealingKeys[0]?.reveal((text) => text) ?? '';
    const tenantId = bot.kind === 'single-tenant' ? bot.tenantId : '';
    partnerCenter.faults.next({ method: 'GET', fault: { kind: 'server-fault', status: 503, effect: 'none' } });
    const doctor = startProcess(
      {
        COMMAND: 'doctor',
        ROUTES: JSON.stringify({
          [`https://login.microsoftonline.com/${tenantId}`]: `${botEntra.url}/${tenantId}`,
          'https://login.microsoftonline.com': entra.url,
          'https://api.partnercenter.microsoft.com': settings.partnerCenterUrl,
          'https://login.botframework.com': new URL(house.keys.metadataUrl).origin,
          'https://graph.microsoft.com': house.graph.url,
        }),
        MicrosoftAppId: bot.appId,
        MicrosoftAppTenantId: tenantId,
        MicrosoftAppPassword: 'CANARY-bot-secret',
        ALLOWED_TENANT_IDS: tenantId,
        PARTNER_CENTER_TENANT_ID: app.tenantId,
        PARTNER_CENTER_CLIENT_ID: app.clientId,
        PARTNER_CENTER_CLIENT_SECRET: 'CANARY-client-secret',
        DATABASE_URL: databaseUrl.reveal((text) => text),
        SEALING_KEY: key,
        AUDIT_KEY: key,
        POLICY_FILE: settings.policyFile,
      },
      'test/support/run-routed.ts',
    );
    expect([0, 1]).toContain(await doctor.exited);
    expect(doctor.printed()).toMatch(/^ok +partner center /m);
    expect(doctor.printed()).toContain('bot framework');
    expect(partnerCenter.calls.map(({ status }) => status)).toEqual([503, 200, 200]);
    expect(doctor.printed()).not.toContain('CANARY');
  });
});
