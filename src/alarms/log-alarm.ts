import type { Log } from '../log.ts';
import type { Alarm } from '../reset/alarm.ts';

/** Says an alarm in the log, whether or not it goes anywhere else. */
export function logAlarm(log: Log, alarm: Alarm): void {
  const { kind, ...facts } = alarm;
  const said = 'problems' in facts ? { problems: facts.problems.join('; ') } : facts;
  log({ level: 'warn', event: 'alarm', kind, ...said });
}
