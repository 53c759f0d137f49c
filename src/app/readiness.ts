import { callWithTimeout, type Clock, type Log, processTunables } from '../base/index.ts';
import type { RaiseAlarm } from '../reset/index.ts';
import type { KeyedSealer, Store } from '../store/index.ts';

/**
 * Makes the check behind `/readyz`: the store answers, and every key that its rows are sealed with is here. Anybody may ask, so
 * the answer is cached for a second, all who ask meanwhile share one, and none waits long. The keys in use are cached for some seconds. A missing key is logged, once per change, and raises an alarm.
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
  readonly clock: Clock;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): () => Promise<boolean> {
  let answered: { readonly at: number; readonly isReady: boolean } | undefined;
  let asking: { readonly since: number; readonly answer: Promise<boolean> } | undefined;
  let last: { readonly at: number; readonly hasEveryKey: boolean } | undefined;
  let looking: Promise<boolean> | undefined;

  return async () => {
    if (!store.isOpen()) return false;
    const now = clock.now();
    if (answered !== undefined && now - answered.at < processTunables.readinessCacheMilliseconds)
      return answered.isReady;
    asking ??= { since: now, answer: ask() };
    const left = asking.since + processTunables.readinessTimeoutMilliseconds - now;
    const { answer } = asking;
    if (left <= 0) return false;
    const outcome = await callWithTimeout(clock, left, () => answer);
    return outcome.kind === 'answered' && outcome.result;
  };

  async function ask(): Promise<boolean> {
    const isReady = await isStoreReady();
    answered = { at: clock.now(), isReady };
    asking = undefined;
    return isReady;
  }

  async function isStoreReady(): Promise<boolean> {
    try {
      await store.ping();
      return await hasEveryKey();
    } catch {
      return false;
    }
  }

  async function hasEveryKey(): Promise<boolean> {
    if (last !== undefined && clock.now() - last.at < processTunables.keyCheckCacheMilliseconds)
      return last.hasEveryKey;
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
