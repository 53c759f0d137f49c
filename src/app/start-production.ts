import { createLog } from '../base/index.ts';
import type { ProductionSettings } from '../config/index.ts';
import { createAlarms, readMetricsSettings } from '../observability/index.ts';
import { createBotToken } from '../sign-in/index.ts';
import type { App, AppSettings } from './app.ts';
import { createShutdown, type Shutdown } from './graceful-shutdown.ts';
import type { Platform } from './platform.ts';
import { openPolicyFile } from './policy-file.ts';

/**
 * Starts the bot in production: alarms, policy, its own sign-in and that to Partner Center, behind the gate. Rejects with
 * an error whose `code` says what is missing, and has then nothing left running.
 */
export async function startProduction(
  settings: ProductionSettings,
  outside: Platform,
  createApp: (settings: AppSettings, outside: Platform) => Promise<App>,
): Promise<{ readonly url: string; stop(ending?: Shutdown): Promise<void> }> {
  const { clock, fetch, random, write, signIn } = outside;
  const log = createLog({ write, clock, level: settings.logLevel });
  const alarms = createAlarms({ url: settings.alertWebhookUrl, fetch, clock, newId: random.guid, log });
  let file: { stop(): Promise<void> } | undefined;
  let app: App | undefined;
  const stop = async (ending = createShutdown({ clock, log, milliseconds: outside.ending.longest })): Promise<void> => {
    await app?.stop(ending);
    await Promise.all([
      ending.within('policy-file', 0, () => file?.stop() ?? Promise.resolve()),
      ending.within('alarms', 0, (givenUp) => alarms.stop(givenUp)),
    ]);
  };
  const raiseAlarm = alarms.raise;
  try {
    const opened = await openPolicyFile({ path: settings.policyFile, mode: 'production', clock, log, raiseAlarm });
    file = opened;
    const { bot } = settings;
    app = await createApp(
      {
        ...settings,
        metrics: readMetricsSettings(settings, () => alarms.failures()),
        door: {
          kind: 'production',
          appId: bot.appId,
          allowedTenants: settings.allowedTenants,
          getToken: createBotToken({ bot, authority: signIn.authority, fetch, clock, log, raiseAlarm }),
        },
        access: { kind: 'sign-in', app: settings.partnerCenterApp },
        policy: () => opened.policy(),
        raiseAlarm,
      },
      outside,
    );
    const { url } = await app.start();
    return { url, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
