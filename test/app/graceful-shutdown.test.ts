import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createShutdown, type Shutdown } from '../../src/app/graceful-shutdown.ts';
import { realPlatform } from '../../src/app/platform.ts';
import { createStartedParts } from '../../src/app/started-parts.ts';
import type { LogEvent } from '../../src/base/log.ts';
import { readSettings } from '../../src/config/settings.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';
import { startProcess } from '../support/start-process.ts';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';

describe('an ending', () => {
  let clock: HandClock;
  let said: LogEvent[];
  let shutdown: Shutdown;
  const never = () => new Promise<never>(() => undefined);

  beforeEach(() => {
    clock = createHandClock();
    said = [];
    shutdown = createShutdown({ clock, log: (event) => said.push(event), milliseconds: 9500 });
  });

  it('waits for a part and says nothing about it', async () => {
    await shutdown.stopPart('server', 1000, () => Promise.resolve());
    clock.advance(60_000);
    expect(said).toEqual([]);
  });

  it('names what does not end in its time, cuts it off, and goes on', async () => {
    let isCut = false;
    const waiting = shutdown.stopPart('server', 1000, async (abort) => {
      await abort;
      isCut = true;
      await never();
    });
    clock.advance(8399);
    await Promise.resolve();
    expect(isCut).toBe(false);
    clock.advance(1);
    await settle();
    expect(isCut).toBe(true);
    clock.advance(100);
    await waiting;
    expect(said).toEqual([{ level: 'warn', event: 'end-given-up', part: 'server' }]);
  });

  it('gives every part what is left of one span, and not a span of its own', async () => {
    const first = shutdown.stopPart('server', 1000, never);
    clock.advance(8500);
    await settle();
    clock.advance(100);
    await first;
    const second = shutdown.stopPart('database', 0, never);
    clock.advance(900);
    await settle();
    clock.advance(100);
    await second;
    expect(said.map(({ part }) => part)).toEqual(['server', 'database']);
  });

  it('is no longer when the clock is set back in between', async () => {
    let back = 0;
    const clockSetBack = { ...clock, now: () => clock.now() - back };
    const one = createShutdown({ clock: clockSetBack, log: (event) => said.push(event), milliseconds: 9500 });
    back = 3_600_000;
    const part = one.stopPart('server', 0, never);
    clock.advance(9500);
    await settle();
    clock.advance(100);
    await part;
    expect(said).toHaveLength(1);
  });

  it('says of a part that fails that it failed, by its code alone', async () => {
    await shutdown.stopPart('database', 0, () =>
      Promise.reject(Object.assign(new Error('CANARY'), { code: 'unreachable' })),
    );
    expect(said).toEqual([{ level: 'error', event: 'end-failed', part: 'database', code: 'unreachable' }]);
  });
});

/** Lets everything go on that waits for nothing but its turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

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

it('leaves the process more than a second of ten to exit in, where the webhook hangs', async () => {
  const clock = createHandClock();
  const read = readSettings({ ALERT_WEBHOOK_URL: 'http://127.0.0.1:9/hook' });
  if (read.kind === 'problems') throw new Error(read.problems.join());
  const fetch = () => new Promise<never>(() => undefined);
  const platform = { ...realPlatform, clock, fetch, write: () => undefined };
  const parts = createStartedParts(read.settings, platform);
  parts.alarms.raise({ kind: 'clocks-disagree', milliseconds: 1 });
  let isStopped = false;
  void parts.stop().then(() => (isStopped = true));
  for (let passed = 0; passed < 8900; passed += 100) {
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isStopped).toBe(true);
});
