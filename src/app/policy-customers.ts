import { type Clock, describeErrorForLog, type Log, processTunables } from '../base/index.ts';
import type { Policy, RaiseAlarm } from '../reset/index.ts';

/**
 * Makes the watch over the customers that the policy names. It looks at the start and whenever the policy names others. A tenant
 * id that is no customer of the partner is logged and raises an alarm, since what the policy says of it protects nobody. While
 * Partner Center does not answer, it looks again a minute later: no start waits for it.
 */
export function createPolicyCustomersWatch({
  policy,
  findUnknown,
  clock,
  log,
  raiseAlarm,
}: {
  readonly policy: () => Policy;
  /** Those of these tenant ids that are no customers; `undefined` where Partner Center does not answer. */
  readonly findUnknown: (ids: readonly string[]) => Promise<readonly string[] | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): { start(): void; stop(): Promise<void> } {
  let checked = '';
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();
  let cancel = (): void => undefined;

  async function look(): Promise<void> {
    const ids = Object.keys(policy().customers).toSorted();
    const named = ids.join(' ');
    if (named === checked) return;
    const unknown = ids.length === 0 ? [] : await findUnknown(ids);
    if (unknown === undefined) return;
    checked = named;
    if (unknown.length === 0) return;
    log({ level: 'warn', event: 'policy-customers-unknown', customers: unknown.join(' ') });
    raiseAlarm({ kind: 'policy-customers-unknown', customers: unknown });
  }

  function begin(): void {
    looking = look()
      .catch((failure: unknown) => {
        log({ level: 'error', event: 'policy-customers-not-checked', ...describeErrorForLog(failure) });
      })
      .finally(() => {
        if (!isStopped) cancel = clock.after(processTunables.policyCustomersPollMilliseconds, begin);
      });
  }

  return {
    start: begin,
    async stop() {
      isStopped = true;
      cancel();
      await looking;
    },
  };
}
