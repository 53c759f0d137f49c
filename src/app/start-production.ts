import type { ProductionSettings } from '../config/index.ts';
import { readMetricsSettings } from '../observability/index.ts';
import { createBotToken } from '../sign-in/index.ts';
import { type App, createApp } from './app.ts';
import { createShutdown, type Shutdown } from './graceful-shutdown.ts';
import type { Platform } from './platform.ts';
import { createStartedParts } from './log-and-alarms.ts';

/**
 * Starts the bot in production: alarms, policy, its own sign-in and the one to Partner Center, behind the gate. Rejects
 * with an error whose `code` says what is missing, and then leaves nothing running.
 */
export async function startProduction(
  settings: ProductionSettings,
  platform: Platform,
): Promise<{ readonly url: string; stop(shutdown?: Shutdown): Promise<void> }> {
  const { clock, fetch, signIn } = platform;
  const parts = createStartedParts(settings, platform);
  const { log } = parts;
  const raiseAlarm = parts.alarms.raise;
  let app: App | undefined;
  const stop = async (
    shutdown = createShutdown({ clock, log, milliseconds: platform.shutdown.timeout }),
  ): Promise<void> => {
    await app?.stop(shutdown);
    await parts.stop(shutdown);
  };
  try {
    const policy = await parts.openPolicy(settings.policyFile, undefined);
    const { bot } = settings;
    app = await createApp(
      {
        ...settings,
        metrics: readMetricsSettings(settings, () => parts.alarms.failures()),
        endpoint: {
          kind: 'production',
          appId: bot.appId,
          allowedTenants: settings.allowedTenants,
          getToken: createBotToken({ bot, authority: signIn.authority, fetch, clock, log, raiseAlarm }),
        },
        partnerAccess: { kind: 'sign-in', app: settings.partnerCenterApp },
        graph: { kind: settings.graph === 'on' ? 'sign-in' : 'off' },
        policy,
        raiseAlarm,
      },
      platform,
    );
    const { url } = await app.start();
    return { url, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
