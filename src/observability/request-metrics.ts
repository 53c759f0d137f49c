import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type Clock, type Log, observabilityTunables, resolveWithin } from '../base/index.ts';
import {
  type OpenWork,
  type Refusal,
  type ResetRequest,
  type ResetState,
  recordsOf,
  type ResetStore,
  states,
} from '../reset/index.ts';
import { labelValues } from './metric-labels.ts';

type Outcome = NonNullable<(typeof states)[ResetState]['metric']>;

const outcomes: readonly Outcome[] = ['delivered', 'cancelled', 'declined', 'expired', 'attention'];

/**
 * Counts requests by how they end, from the steps that a store commits. One that needs attention counts as that, also
 * where its password is delivered later.
 */
export function createRequestMetrics(registry: Registry): (store: ResetStore) => ResetStore {
  const ended = new Counter({
    name: 'locksmith_requests_total',
    help: 'Requests by outcome, and refused ones by reason. Cards that a newer question of the same person replaced are not among the expired.',
    labelNames: ['outcome', 'reason'] as const,
    registers: [registry],
  });
  const proposed = new Counter({
    name: 'locksmith_requests_proposed_total',
    help: 'Cards that were shown for a reset to be confirmed.',
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'locksmith_click_to_delivery_seconds',
    help: 'From the press of "Reset password", or of "Approve" where a second person had to, until the password stood in the direct message or waited behind its button.',
    labelNames: ['approved'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    registers: [registry],
  });
  for (const outcome of outcomes) ended.inc({ outcome, reason: '' }, 0);
  for (const reason of labelValues.refusals) ended.inc({ outcome: 'refused', reason }, 0);
  for (const approved of ['yes', 'no']) seconds.zero({ approved });

  return (store) => ({
    ...store,
    async add(request, entry) {
      const added = await store.add(request, entry);
      if (added === 'added') {
        if (request.state === 'proposed') proposed.inc();
        else count(request);
      }
      return added;
    },
    async swap(before, step) {
      const swapped = await store.swap(before, step);
      if (swapped.kind !== 'swapped') return swapped;
      let { state } = before;
      for (const { after } of recordsOf(step)) {
        if (after.state !== state) count(after);
        ({ state } = after);
      }
      return swapped;
    },
  });

  function count(request: ResetRequest): void {
    const { state, attention, confirmedAt, deliveredAt, approval } = request;
    const outcome = readOutcome(request);
    if (outcome !== undefined) ended.inc({ outcome, reason: readReason(request, outcome) });
    if (state === 'delivered' && attention === undefined && confirmedAt !== undefined && deliveredAt !== undefined) {
      const approvedAt = approval?.decision?.at;
      const approved = approvedAt === undefined ? 'no' : 'yes';
      seconds.observe({ approved }, Math.max(0, deliveredAt - (approvedAt ?? confirmedAt)) / 1000);
    }
  }
}

function readOutcome({ state, attention }: ResetRequest): Outcome | undefined {
  const { metric } = states[state];
  return metric === 'delivered' && attention !== undefined ? undefined : metric;
}

function readReason({ refusal }: ResetRequest, outcome: Outcome): Refusal['kind'] | '' {
  return outcome === 'refused' ? (refusal?.kind ?? '') : '';
}

type Sample = { readonly at: number; readonly work: OpenWork | undefined };

/**
 * Registers gauges of the open work in the store, which is read at a scrape and cached for some seconds. A store that does
 * not answer in time holds up no scrape: these figures are then absent, and `locksmith_store_answers` is 0. Ages are by the
 * clock of the store, which wrote the instants.
 */
export function createOpenWorkGauges(
  registry: Registry,
  clock: Clock,
  log: Log,
): (ask: () => Promise<OpenWork>, storeClock?: Pick<Clock, 'now'>) => void {
  return (ask, storeClock = clock) => {
    let last: Sample | undefined;
    let asking: Promise<Sample> | undefined;

    const registers = [registry];
    // All of them are collected at the same time, so each asks for the one sample that they share.
    const open = new Gauge({
      name: 'locksmith_open_requests',
      help: 'Confirmed requests whose password is not delivered yet, by state.',
      labelNames: ['state'] as const,
      registers,
      async collect() {
        const { work } = await sample();
        open.reset();
        for (const { state, count } of work?.states ?? []) open.set({ state }, count);
      },
    });
    const oldest = new Gauge({
      name: 'locksmith_oldest_open_request_seconds',
      help: 'For how long the oldest open request has waited for Locksmith, since it was confirmed, or approved where a second person had to; 0 where there is none.',
      registers,
      async collect() {
        setAge(oldest, await sample(), ({ oldestSince }) => oldestSince);
      },
    });
    const awaiting = new Gauge({
      name: 'locksmith_oldest_awaiting_approval_seconds',
      help: 'For how long the oldest request that waits for a second person has been confirmed; 0 where there is none.',
      registers,
      async collect() {
        setAge(awaiting, await sample(), ({ oldestAwaitingApproval }) => oldestAwaitingApproval);
      },
    });
    const overdue = new Gauge({
      name: 'locksmith_passwords_overdue',
      help: 'Delivered passwords whose time is over and that could not be hidden yet.',
      registers,
      async collect() {
        const { work } = await sample();
        if (work === undefined) overdue.remove();
        else overdue.set(work.overdue);
      },
    });
    const answers = new Gauge({
      name: 'locksmith_store_answers',
      help: 'Whether the store said in time how much is open: 1 or 0.',
      registers,
      async collect() {
        const { work } = await sample();
        answers.set(work === undefined ? 0 : 1);
      },
    });

    function setAge(gauge: Gauge, { work }: Sample, since: (work: OpenWork) => number | undefined): void {
      if (work === undefined) {
        gauge.remove();
        return;
      }
      const now = storeClock.now();
      gauge.set(Math.max(0, now - (since(work) ?? now)) / 1000);
    }

    async function sample(): Promise<Sample> {
      if (last !== undefined && clock.now() - last.at < observabilityTunables.openWorkCacheMilliseconds) return last;
      asking ??= read().finally(() => {
        asking = undefined;
      });
      const unknown: Sample = { at: clock.now(), work: undefined };
      return resolveWithin(clock, observabilityTunables.openWorkTimeoutMilliseconds, asking, unknown);
    }

    async function read(): Promise<Sample> {
      try {
        last = { at: clock.now(), work: await ask() };
      } catch {
        log({ level: 'warn', event: 'open-work-unread' });
        last = { at: clock.now(), work: undefined };
      }
      return last;
    }
  };
}
