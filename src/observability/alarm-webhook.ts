import { type Clock, type Log, observabilityTunables, type Secret } from '../base/index.ts';
import type { Alarm, RaiseAlarm } from '../reset/index.ts';
import { formatAlarm } from '../texts/index.ts';
import { alarmSeverities, groupOf } from './alarm-severities.ts';

export type Alarms = {
  /** Logs an alarm and, where there is a webhook, queues it. It returns at once and never fails. */
  readonly raise: RaiseAlarm;
  /** Counts the alarms that the webhook never got. */
  failures(): number;
  /** Accepts no more and tries each queued alarm once, for a few seconds or until `abort` resolves. */
  stop(abort?: Promise<void>): Promise<void>;
};

type QueuedAlarm = { readonly alarm: Alarm; readonly body: string; readonly isUrgent: boolean };

/** Same alarms that came shortly after one that was sent. They go out together, as one. */
type Gathered = { readonly alarm: Alarm; readonly count: number; readonly flush: () => void };

/**
 * Posts alarms to `ALERT_WEBHOOK_URL`, one after the other, urgent ones first. Each is a JSON object with the same `id` on
 * every try. Same alarms of one minute go out as two: the first at once, the others together, with their `count`. An alarm
 * that the webhook does not accept after all tries is counted and logged. The address is a secret and is never logged.
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
  const retryPauses: readonly number[] = observabilityTunables.alarmRetryPausesMilliseconds;
  const queue: QueuedAlarm[] = [];
  const lastSentAt = new Map<string, number>();
  const gathered = new Map<string, Gathered>();
  const ended = new AbortController();
  let stopping = false;
  let failures = 0;
  let working: Promise<void> | undefined;
  let endPause: (() => void) | undefined;

  return {
    raise(alarm) {
      logAlarm(log, alarm);
      if (url === undefined) return;
      if (stopping) {
        giveUp(alarm, { why: 'stopping', tries: 0 });
        return;
      }
      const group = groupOf(alarm);
      if (group === undefined || !gather(url, group, alarm)) enqueue(url, alarm, 1, group === undefined);
    },
    failures: () => failures,
    async stop(abort) {
      for (const { flush } of gathered.values()) flush();
      stopping = true;
      endPause?.();
      const cutOff = (): void => {
        ended.abort();
      };
      const cancel = clock.after(observabilityTunables.alarmDrainMilliseconds, cutOff);
      void abort?.then(cutOff);
      await working;
      cancel();
    },
  };

  /** Whether the alarm waits for others of its group, because one was sent a short time ago. */
  function gather(to: Secret, group: string, alarm: Alarm): boolean {
    const now = clock.now();
    const before = gathered.get(group);
    if (before !== undefined) {
      gathered.set(group, { ...before, count: before.count + 1 });
      return true;
    }
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
      if (all !== undefined) enqueue(to, all.alarm, all.count, false);
    };
    gathered.set(group, { alarm, count: 1, flush });
    return true;
  }

  /** An urgent alarm goes before those that are not. The first of the queue may be under way, and stays. */
  function enqueue(to: Secret, alarm: Alarm, count: number, isUrgent: boolean): void {
    const about = { product: 'locksmith', id: newId(), at: new Date(clock.now()).toISOString() };
    const counted = count > 1 ? { count } : {};
    const body = JSON.stringify({
      ...about,
      severity: alarmSeverities[alarm.kind],
      text: formatAlarm(alarm, count),
      ...alarm,
      ...counted,
    });
    const ahead = queue.findIndex((one, at) => at > 0 && !one.isUrgent);
    queue.splice(isUrgent && ahead !== -1 ? ahead : queue.length, 0, { alarm, body, isUrgent });
    working ??= work(to).finally(() => {
      working = undefined;
    });
  }

  async function work(to: Secret): Promise<void> {
    for (let next = queue[0]; next !== undefined; next = queue[0]) {
      await send(to, next);
      queue.shift();
    }
  }

  async function send(to: Secret, { alarm, body }: QueuedAlarm): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await postAlarm({ url: to, fetch, clock }, body, ended.signal);
      if (outcome.kind === 'accepted') return;
      const { httpStatus } = outcome;
      if (!outcome.mayRetry || tries > retryPauses.length || stopping) {
        giveUp(alarm, { why: httpStatus === undefined ? 'no-answer' : 'not-taken', httpStatus, tries });
        return;
      }
      await pause(retryPauses[tries - 1] ?? 0);
    }
  }

  /** Ends at once when the process stops. */
  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(milliseconds, resolve);
      endPause = () => {
        cancel();
        resolve();
      };
    });
  }

  function giveUp(
    { kind }: Alarm,
    facts: { readonly why: string; readonly tries: number; readonly httpStatus?: number | undefined },
  ): void {
    failures += 1;
    log({ level: 'error', event: 'alarm-failed', kind, failures, ...facts });
  }
}

/** The outcome of one try. `mayRetry`: a further try may succeed. */
type PostOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'failed'; readonly mayRetry: boolean; readonly httpStatus: number | undefined };

/** Posts one JSON body to the webhook, once, within the time limit. It follows no redirect and reads no answer. */
async function postAlarm(
  { url, fetch, clock }: { readonly url: Secret; readonly fetch: typeof globalThis.fetch; readonly clock: Clock },
  body: string,
  ended: AbortSignal,
): Promise<PostOutcome> {
  const late = new AbortController();
  const cancel = clock.after(observabilityTunables.alarmPostTimeoutMilliseconds, () => {
    late.abort();
  });
  try {
    const response = await url.reveal((address) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        redirect: 'error',
        signal: AbortSignal.any([late.signal, ended]),
      }),
    );
    await response.body?.cancel().catch(() => undefined);
    if (response.ok) return { kind: 'accepted' };
    const { status } = response;
    return { kind: 'failed', mayRetry: status === 408 || status === 429 || status >= 500, httpStatus: status };
  } catch {
    return { kind: 'failed', mayRetry: true, httpStatus: undefined };
  } finally {
    cancel();
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
