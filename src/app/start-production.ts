import { createAlarms } from '../alarms/create-alarms.ts';
import type { App, AppSettings } from '../app.ts';
import type { ProductionSettings } from '../config.ts';
import { metricsOf } from './metrics-of.ts';
import { createLog } from '../log.ts';
import type { Outside } from '../outside.ts';
import { openPolicyFile } from '../policy-file/open-policy-file.ts';
import { createBotToken } from '../sign-in/create-bot-token.ts';

/**
 * Starts the bot in production: alarms, policy, its own sign-in and that to Partner Center, behind the gate. Rejects with
 * an error whose `code` says what is missing, and has then nothing left running.
 */
export async function startProduction(
  settings: ProductionSettings,
  outside: Outside,
  createApp: (settings: AppSettings, outside: Outside) => Promise<App>,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { clock, fetch, random, write, signIn } = outside;
  const running: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const part of running.toReversed()) await part.stop();
  };
  const log = createLog({ write, clock, level: settings.logLevel });
  const alarms = createAlarms({ url: settings.alertWebhookUrl, fetch, clock, newId: random.guid, log });
  running.push(alarms);
  const raiseAlarm = alarms.raise;
  try {
    const file = await openPolicyFile({ path: settings.policyFile, mode: 'production', clock, log, raiseAlarm });
    running.push(file);
    const { bot } = settings;
    const app = await createApp(
      {
        ...settings,
        metrics: metricsOf(settings, () => alarms.failures()),
        door: {
          kind: 'production',
          appId: bot.appId,
          allowedTenants: settings.allowedTenants,
          getToken: createBotToken({ bot, authority: signIn.authority, fetch, clock, log, raiseAlarm }),
        },
        access: { kind: 'sign-in', app: settings.partnerCenterApp },
        policy: () => file.policy(),
        raiseAlarm,
      },
      outside,
    );
    running.push(app);
    const { url } = await app.start();
    return { url, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
