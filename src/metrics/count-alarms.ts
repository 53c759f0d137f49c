import { Counter, type Registry } from 'prom-client';
import type { RaiseAlarm } from '../reset/alarm.ts';
import { zeroKinds } from './zero-kinds.ts';

/** Counts alarms by kind. */
export function countAlarms(registry: Registry): (raise: RaiseAlarm) => RaiseAlarm {
  const alarms = new Counter({
    name: 'locksmith_alarms_total',
    help: 'Alarms by kind, whether or not they reached anybody.',
    labelNames: ['kind'] as const,
    registers: [registry],
  });
  for (const kind of zeroKinds.alarms) alarms.inc({ kind }, 0);
  return (raise) => (alarm) => {
    alarms.inc({ kind: alarm.kind });
    raise(alarm);
  };
}
