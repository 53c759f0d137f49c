import type { RaiseAlarm } from './alarm.ts';

/**
 * The same way to raise alarms, on which a sealing key that is missing is told of once: every request that is sealed with
 * it would say the same.
 */
export function onceForAKey(raise: RaiseAlarm): RaiseAlarm {
  const told = new Set<string>();
  return (alarm) => {
    if (alarm.kind === 'sealing-key-missing') {
      if (told.has(alarm.keyId)) return;
      told.add(alarm.keyId);
    }
    raise(alarm);
  };
}
