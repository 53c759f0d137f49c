import { type Clock, observabilityTunables, type Secret } from '../base/index.ts';
import type { AlarmSeverity } from './alarm-severities.ts';

/** An alarm as it is posted. */
type PostedAlarm = { readonly kind: string; readonly severity: AlarmSeverity; readonly body: string };

/** Why the webhook never got an alarm. `too-many`: as many as may wait did, none of them less severe. */
export type AlarmLoss = {
  readonly why: 'not-taken' | 'no-answer' | 'too-many' | 'stopping';
  readonly httpStatus?: number | undefined;
  readonly tries: number;
};

type AlarmQueue = {
  add(alarm: PostedAlarm): void;
  /** Tries each alarm that waits once more, for a few seconds or until `abort` resolves. */
  drain(abort?: Promise<void>): Promise<void>;
};

const severities: readonly AlarmSeverity[] = ['critical', 'warning', 'info'];

/**
 * Posts alarms to the webhook one after the other, the most severe first and among those the oldest. While one waits for
 * another try, the others go on. What is not critical is limited in number: the least severe of too many is lost.
 */
export function createAlarmQueue({
  lose,
  ...webhook
}: Webhook & { readonly lose: (alarm: PostedAlarm, loss: AlarmLoss) => void }): AlarmQueue {
  const { clock } = webhook;
  const retryPauses: readonly number[] = observabilityTunables.alarmRetryPausesMilliseconds;
  const ended = new AbortController();
  /** Most severe first. */
  const ready: { readonly alarm: PostedAlarm; readonly tries: number }[] = [];
  /** Those that wait for another try, by what ends the wait. */
  const resting = new Map<() => void, PostedAlarm>();
  let working: Promise<void> | undefined;
  let stopping = false;

  return {
    add(alarm) {
      makeReady(alarm, 0);
      dropOneOfTooMany();
    },
    async drain(abort) {
      stopping = true;
      for (const endRest of resting.keys()) endRest();
      const cutOff = (): void => {
        ended.abort();
      };
      const cancel = clock.after(observabilityTunables.alarmDrainMilliseconds, cutOff);
      void abort?.then(cutOff);
      await working;
      cancel();
    },
  };

  function makeReady(alarm: PostedAlarm, tries: number): void {
    const rank = severities.indexOf(alarm.severity);
    const behind = ready.findIndex((one) => severities.indexOf(one.alarm.severity) > rank);
    ready.splice(behind === -1 ? ready.length : behind, 0, { alarm, tries });
    working ??= work();
  }

  function dropOneOfTooMany(): void {
    const waiting = [...ready.map(({ alarm }) => alarm), ...resting.values()];
    const last = ready.at(-1);
    if (last === undefined || last.alarm.severity === 'critical') return;
    if (waiting.filter(({ severity }) => severity !== 'critical').length <= observabilityTunables.maxAlarmsWaiting)
      return;
    ready.pop();
    lose(last.alarm, { why: 'too-many', tries: last.tries });
  }

  async function work(): Promise<void> {
    for (let next = ready.shift(); next !== undefined; next = ready.shift()) await send(next.alarm, next.tries + 1);
    working = undefined;
  }

  async function send(alarm: PostedAlarm, tries: number): Promise<void> {
    const outcome = await postAlarm(webhook, alarm.body, ended.signal);
    if (outcome.kind === 'accepted') return;
    const pause = retryPauses[tries - 1];
    if (outcome.mayRetry && pause !== undefined && !stopping) {
      rest(alarm, tries, pause);
      return;
    }
    const { httpStatus } = outcome;
    lose(alarm, { why: httpStatus === undefined ? 'no-answer' : 'not-taken', httpStatus, tries });
  }

  function rest(alarm: PostedAlarm, tries: number, milliseconds: number): void {
    const endRest = (): void => {
      cancel();
      resting.delete(endRest);
      makeReady(alarm, tries);
    };
    const cancel = clock.after(milliseconds, endRest);
    resting.set(endRest, alarm);
  }
}

/** Where alarms are posted. The address is a secret. */
export type Webhook = {
  readonly url: Secret;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
};

/** The outcome of one try. `mayRetry`: a further try may succeed. */
type PostOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'failed'; readonly mayRetry: boolean; readonly httpStatus: number | undefined };

/** Posts one JSON body to the webhook, once, within the time limit. It follows no redirect and reads no answer. */
async function postAlarm({ url, fetch, clock }: Webhook, body: string, ended: AbortSignal): Promise<PostOutcome> {
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
