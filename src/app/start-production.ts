import { ListenError, readErrorCode } from '../base/index.ts';
import type { ProductionSettings, Settings } from '../config/index.ts';
import { readMetricsSettings } from '../observability/index.ts';
import { createBotToken } from '../sign-in/index.ts';
import { StoreError } from '../store/index.ts';
import { startFailureTexts, storeAdvice } from '../texts/index.ts';
import { type App, createApp } from './app.ts';
import { createShutdown, type Shutdown } from './graceful-shutdown.ts';
import { createStartedParts } from './started-parts.ts';
import type { Platform } from './platform.ts';

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
    await app.load();
    return { url, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

type ListenAddresses = Pick<Settings, 'host' | 'port' | 'metricsHost' | 'metricsPort'>;

/** SQLite's result code for a file that is no database: https://sqlite.org/rescode.html#notadb */
const sqliteNotADatabase = '26';

/** Says in a sentence why the bot did not start, by the setting to change where there is one. */
export function explainStartFailure(failure: unknown, settings: ListenAddresses): string {
  if (failure instanceof ListenError) return explainListenError(failure, settings);
  const code = readErrorCode(failure) ?? 'defect';
  switch (code) {
    case 'wrong-key':
    case 'audit-beginning-missing':
    case 'audit-chain-missing':
    case 'audit-end-altered':
      return startFailureTexts[code];
    case 'ENOENT':
    case 'ENOTDIR':
      return startFailureTexts.fileMissing(code);
    case 'EACCES':
    case 'EPERM':
      return startFailureTexts.fileClosed(code);
  }
  const databaseCode = failure instanceof StoreError ? failure.databaseCode : undefined;
  if (code === 'unexpected' && databaseCode === sqliteNotADatabase) return startFailureTexts.noDatabase;
  const sentence = Error.isError(failure) ? failure.message : startFailureTexts.unforeseen;
  const advice = failure instanceof StoreError && code !== 'unexpected' ? ` ${storeAdvice[failure.code]}` : '';
  return `${sentence} (${formatErrorCodes(code, databaseCode)})${advice}`;
}

/** Our own code, and the database's where there is one. PostgreSQL's are called SQLSTATE in its documents. */
function formatErrorCodes(code: string, databaseCode: string | undefined): string {
  if (databaseCode === undefined) return code;
  const isSqlState = /^(?=.*\d)[0-9A-Z]{5}$/.test(databaseCode);
  return `${code}, ${isSqlState ? 'SQLSTATE ' : ''}${databaseCode}`;
}

function explainListenError({ code, settings, systemCode }: ListenError, addresses: ListenAddresses): string {
  const [host, port] =
    settings.port === 'PORT' ? [addresses.host, addresses.port] : [addresses.metricsHost, addresses.metricsPort];
  return startFailureTexts.listen[code]({ settings, systemCode, host, port });
}
