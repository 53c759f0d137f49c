import { type Clock, type Log, observabilityTunables, type Secret } from '../base/index.ts';
import type { Alarm, RaiseAlarm } from '../reset/index.ts';
import { formatAlarm } from '../texts/index.ts';
import { type AlarmLoss, createAlarmQueue } from './alarm-queue.ts';
import { alarmSeverities, groupOf } from './alarm-severities.ts';

export type Alarms = {
  /** Logs an alarm and, where there is a webhook, queues it. It returns at once and never fails. */
  readonly raise: RaiseAlarm;
  /** Counts the alarms that the webhook never got. */
  failures(): number;
  /** Accepts no more and tries each queued alarm once, for a few seconds or until `abort` resolves. */
  stop(abort?: Promise<void>): Promise<void>;
};

/** Same alarms that came shortly after one that was sent. They go out together, as one. */
type Gathered = { readonly alarm: Alarm; readonly count: number; readonly flush: () => void };

/**
 * Posts alarms to `ALERT_WEBHOOK_URL`, the most severe first. Each is a JSON object with the same `id` on every try. Same
 * alarms about one person of one minute go out as two: the first at once, the others together, with their `count`. An alarm
 * that the webhook never gets is counted and logged. The address is a secret and is never logged.
 */
export function createAlarms({
  url,
  fetch,
  clock,
  newId,
  log,
}: {
  readonly url: Secret | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}): Alarms {
  const queue = url && createAlarmQueue({ url, fetch, clock, lose: ({ kind }, loss) => lose(kind, loss) });
  const lastSentAt = new Map<string, number>();
  const gathered = new Map<string, Gathered>();
  let stopping = false;
  let failures = 0;

  return {
    raise(alarm) {
      logAlarm(log, alarm);
      if (queue === undefined) return;
      if (stopping) {
        lose(alarm.kind, { why: 'stopping', tries: 0 });
        return;
      }
      const group = groupOf(alarm);
      if (group === undefined || !gather(group, alarm)) post(alarm, 1);
    },
    failures: () => failures,
    async stop(abort) {
      for (const { flush } of gathered.values()) flush();
      stopping = true;
      await queue?.drain(abort);
    },
  };

  /** Whether the alarm waits for others of its group, because one was sent a short time ago. */
  function gather(group: string, alarm: Alarm): boolean {
    const now = clock.now();
    const before = gathered.get(group);
    if (before !== undefined) {
      gathered.set(group, { ...before, count: before.count + 1 });
      return true;
    }
    for (const [sent, at] of lastSentAt)
      if (Math.abs(now - at) >= observabilityTunables.alarmGatherMilliseconds) lastSentAt.delete(sent);
    const since = now - (lastSentAt.get(group) ?? -Infinity);
    const left = observabilityTunables.alarmGatherMilliseconds - since;
    if (since < 0 || left <= 0) {
      lastSentAt.set(group, now);
      return false;
    }
    const cancel = clock.after(left, () => {
      flush();
    });
    const flush = (): void => {
      cancel();
      const all = gathered.get(group);
      gathered.delete(group);
      lastSentAt.set(group, clock.now());
      if (all !== undefined) post(all.alarm, all.count);
    };
    gathered.set(group, { alarm, count: 1, flush });
    return true;
  }

  function post(alarm: Alarm, count: number): void {
    const severity = alarmSeverities[alarm.kind];
    const about = { product: 'locksmith', id: newId(), at: new Date(clock.now()).toISOString() };
    const counted = count > 1 ? { count } : {};
    const body = JSON.stringify({ ...about, severity, text: formatAlarm(alarm, count), ...alarm, ...counted });
    queue?.add({ kind: alarm.kind, severity, body });
  }

  function lose(kind: string, loss: AlarmLoss): void {
    failures += 1;
    log({ level: 'error', event: 'alarm-failed', kind, failures, ...loss });
  }
}

function logAlarm(log: Log, alarm: Alarm): void {
  const { kind, ...facts } = alarm;
  const said =
    'problems' in facts
      ? { problems: facts.problems.join('; ') }
      : 'customers' in facts
        ? { customers: facts.customers.join(' ') }
        : facts;
  const severity = alarmSeverities[kind];
  // Never below `warn`: without a webhook the log alone has them.
  log({ level: severity === 'critical' ? 'error' : 'warn', event: 'alarm', kind, severity, ...said });
}
