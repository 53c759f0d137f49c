import { createLog, type Log, processTunables } from '../base/index.ts';
import { type Alarms, createAlarms } from '../observability/index.ts';
import type { BuiltInPolicy, Policy } from '../reset/index.ts';
import { isOneKeyForBoth, type Settings } from '../config/index.ts';
import { createShutdown, type Shutdown } from './graceful-shutdown.ts';
import type { Platform } from './platform.ts';
import { openPolicyFile } from './watch-policy-file.ts';

/** The parts that were started around the app. */
export type StartedParts = {
  readonly log: Log;
  readonly alarms: Alarms;
  /** Adds a part, which is stopped before those that were added earlier. */
  add(part: string, stop: (shutdown: Shutdown, abort: Promise<void>) => Promise<void>): void;
  /**
   * Opens the policy file, which in the sandbox differs from a built-in policy; returns the policy in force at each call.
   * Rejects where the file cannot be used.
   */
  openPolicy(path: string, builtIn: BuiltInPolicy | undefined): Promise<() => Policy>;
  /** Stops all parts in reverse, as part of `shutdown` or of one of its own. */
  stop(shutdown?: Shutdown): Promise<void>;
};

/** Begins the list of parts with what production and the sandbox both need first: the log and the alarms. */
export function createStartedParts(settings: Settings, platform: Platform): StartedParts {
  const { clock, fetch, random, write } = platform;
  const log = createLog({ write, clock, level: settings.logLevel });
  if (settings.extraAuthorities !== undefined) {
    log({ level: 'warn', event: 'extra-certificate-authorities', file: settings.extraAuthorities });
  }
  if (isOneKeyForBoth(settings)) log({ level: 'warn', event: 'one-key-for-both' });
  const alarms = createAlarms({ url: settings.alertWebhookUrl, fetch, clock, newId: random.guid, log });
  const parts: {
    readonly name: string;
    readonly stop: Parameters<StartedParts['add']>[1];
    readonly reserved: number;
  }[] = [
    // It hangs where the webhook does, and the process has to exit in time all the same.
    {
      name: 'alarms',
      stop: (_shutdown, abort) => alarms.stop(abort),
      reserved: processTunables.shutdownReserveMilliseconds.afterAlarms,
    },
  ];
  const add: StartedParts['add'] = (name, stop) => void parts.push({ name, stop, reserved: 0 });
  return {
    log,
    alarms,
    add,
    async openPolicy(path, builtIn) {
      const severalTenants = settings.mode === 'production' && new Set(settings.allowedTenants).size > 1;
      const file = await openPolicyFile({ path, builtIn, severalTenants, clock, log, raiseAlarm: alarms.raise });
      add('policy-file', () => file.stop());
      return () => file.policy();
    },
    async stop(shutdown = createShutdown({ clock, log, milliseconds: platform.shutdown.timeout })) {
      for (const { name, stop, reserved } of parts.toReversed()) {
        await shutdown.stopPart(name, reserved, (abort) => stop(shutdown, abort));
      }
    },
  };
}
