import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Alarm, RaiseAlarm } from '../reset/alarm.ts';
import type { Secret } from '../secret.ts';
import { formatAlarm } from '../texts/alarms.ts';
import { logAlarm } from './log-alarm.ts';
import { postAlarm } from './post-alarm.ts';

export type Alarms = {
  /** Says an alarm in the log and, where there is a webhook, queues it. It returns at once and never fails. */
  readonly raise: RaiseAlarm;
  /** How many alarms the webhook never got. */
  failures(): number;
  /** Takes no more, tries what is left once each for a few seconds, or until `givenUp` resolves, and ends. */
  stop(givenUp?: Promise<void>): Promise<void>;
};

/** So many wait at most; a flood of alarms must not fill the memory. */
const longestQueue = 100;
const mostTries = 5;
/** Milliseconds before the second, third, fourth and fifth try. */
const pauses = [1000, 4000, 15_000, 60_000] as const;
const stopMilliseconds = 5000;

type Queued = { readonly alarm: Alarm; readonly body: string };

/**
 * Posts alarms to `ALERT_WEBHOOK_URL`, one after the other, each as one JSON object that has the same `id` on every try.
 * What the webhook does not take after some tries is counted and said in the log. The address is never said anywhere.
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
  const queue: Queued[] = [];
  const ended = new AbortController();
  let stopping = false;
  let failures = 0;
  let working: Promise<void> | undefined;
  let endPause: (() => void) | undefined;

  return {
    raise(alarm) {
      logAlarm(log, alarm);
      if (url === undefined) return;
      if (stopping || queue.length >= longestQueue) {
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
    async stop(givenUp) {
      stopping = true;
      endPause?.();
      const abort = (): void => {
        ended.abort();
      };
      const cancel = clock.after(stopMilliseconds, abort);
      void givenUp?.then(abort);
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

  async function send(to: Secret, { alarm, body }: Queued): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await postAlarm({ url: to, fetch, clock }, body, ended.signal);
      if (outcome.kind === 'taken') return;
      const { httpStatus } = outcome;
      if (!outcome.again || tries === mostTries || stopping) {
        giveUp(alarm, { why: httpStatus === undefined ? 'no-answer' : 'not-taken', httpStatus, tries });
        return;
      }
      await pause(pauses[tries - 1] ?? 0);
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
