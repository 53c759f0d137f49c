import type { Clock, Log } from '../base/index.ts';
import type { RaiseAlarm } from '../reset/index.ts';
import type { KeyedSealer, Store } from '../store/index.ts';

/** For how long it counts which keys are in use. Milliseconds. */
const keyCheckMilliseconds = 5000;

/**
 * Whether this instance can do its part: the store answers, and nothing in it is sealed with a key that is not here. The
 * keys are looked at when somebody asks, once in five seconds at most, by their ids.
 */
export function createReadinessCheck({
  store,
  sealer,
  clock,
  log,
  raiseAlarm,
}: {
  readonly store: Pick<Store, 'isOpen' | 'ping' | 'missingKeys'>;
  readonly sealer: KeyedSealer;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): () => Promise<boolean> {
  let last: { readonly at: number; readonly hasEveryKey: boolean } | undefined;
  let looking: Promise<boolean> | undefined;

  return async () => {
    if (!store.isOpen()) return false;
    try {
      await store.ping();
      return await hasEveryKey();
    } catch {
      return false;
    }
  };

  async function hasEveryKey(): Promise<boolean> {
    if (last !== undefined && clock.now() - last.at < keyCheckMilliseconds) return last.hasEveryKey;
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function look(): Promise<boolean> {
    const missing = await store.missingKeys(sealer);
    const before = last?.hasEveryKey ?? true;
    last = { at: clock.now(), hasEveryKey: missing.length === 0 };
    if (last.hasEveryKey !== before) {
      const keyIds = missing.join(' ');
      log({ level: last.hasEveryKey ? 'info' : 'error', event: 'sealing-keys-in-use', missing: keyIds });
    }
    for (const keyId of missing) raiseAlarm({ kind: 'sealing-key-missing', keyId });
    return last.hasEveryKey;
  }
}
