import { type Clock, type Log, observabilityTunables, type Secret } from '../base/index.ts';
import type { Alarm, RaiseAlarm } from '../reset/index.ts';
import { formatAlarm } from '../texts/index.ts';

export type Alarms = {
  /** Logs an alarm and, where there is a webhook, queues it. It returns at once and never fails. */
  readonly raise: RaiseAlarm;
  /** Counts the alarms that the webhook never got. */
  failures(): number;
  /** Accepts no more and tries each queued alarm once, for a few seconds or until `abort` resolves. */
  stop(abort?: Promise<void>): Promise<void>;
};

type QueuedAlarm = { readonly alarm: Alarm; readonly body: string };

/**
 * Posts alarms to `ALERT_WEBHOOK_URL`, one after the other. Each is a JSON object with the same `id` on every try. An alarm
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
  const ended = new AbortController();
  let stopping = false;
  let failures = 0;
  let working: Promise<void> | undefined;
  let endPause: (() => void) | undefined;

  return {
    raise(alarm) {
      logAlarm(log, alarm);
      if (url === undefined) return;
      if (stopping || queue.length >= observabilityTunables.alarmQueueLength) {
        giveUp(alarm, { why: stopping ? 'stopping' : 'queue-full', tries: 0 });
        return;
      }
      const about = { product: 'locksmith', id: newId(), at: new Date(clock.now()).toISOString() };
      queue.push({ alarm, body: JSON.stringify({ ...about, text: formatAlarm(alarm), ...alarm }) });
      working ??= work(url).finally(() => {
        working = undefined;
      });
    },
    failures: () => failures,
    async stop(abort) {
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
  const said = 'problems' in facts ? { problems: facts.problems.join('; ') } : facts;
  log({ level: 'warn', event: 'alarm', kind, ...said });
}
