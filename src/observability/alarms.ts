import type { Clock, Log, Secret } from '../base/index.ts';
import type { Alarm, RaiseAlarm } from '../reset/index.ts';
import { formatAlarm } from '../texts/index.ts';

export type Alarms = {
  /** Says an alarm in the log and, where there is a webhook, queues it. It returns at once and never fails. */
  readonly raise: RaiseAlarm;
  /** How many alarms the webhook never got. */
  failures(): number;
  /** Takes no more, tries what is left once each for a few seconds, or until `givenUp` resolves, and ends. */
  stop(givenUp?: Promise<void>): Promise<void>;
};

/** So many wait at most; a flood of alarms must not fill the memory. */
const maxQueueLength = 100;
const maxTries = 5;
/** Milliseconds before the second, third, fourth and fifth try. */
const retryPauses = [1000, 4000, 15_000, 60_000] as const;
const drainMilliseconds = 5000;

type QueuedAlarm = { readonly alarm: Alarm; readonly body: string };

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
      if (stopping || queue.length >= maxQueueLength) {
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
      const cancel = clock.after(drainMilliseconds, abort);
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

  async function send(to: Secret, { alarm, body }: QueuedAlarm): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await postAlarm({ url: to, fetch, clock }, body, ended.signal);
      if (outcome.kind === 'taken') return;
      const { httpStatus } = outcome;
      if (!outcome.again || tries === maxTries || stopping) {
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

/** What became of one try. `again`: the next one may fare better. */
type PostOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly again: boolean; readonly httpStatus: number | undefined };

const postTimeoutMilliseconds = 10_000;

/** Posts one JSON body to the webhook, once. It follows no redirect, reads no answer, and lasts ten seconds at most. */
async function postAlarm(
  { url, fetch, clock }: { readonly url: Secret; readonly fetch: typeof globalThis.fetch; readonly clock: Clock },
  body: string,
  ended: AbortSignal,
): Promise<PostOutcome> {
  const late = new AbortController();
  const cancel = clock.after(postTimeoutMilliseconds, () => {
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
    if (response.ok) return { kind: 'taken' };
    const { status } = response;
    return { kind: 'failed', again: status === 408 || status === 429 || status >= 500, httpStatus: status };
  } catch {
    return { kind: 'failed', again: true, httpStatus: undefined };
  } finally {
    cancel();
  }
}

/** Says an alarm in the log, whether or not it goes anywhere else. */
function logAlarm(log: Log, alarm: Alarm): void {
  const { kind, ...facts } = alarm;
  const said = 'problems' in facts ? { problems: facts.problems.join('; ') } : facts;
  log({ level: 'warn', event: 'alarm', kind, ...said });
}
