import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { OpenWork } from '../reset/ports/stores.ts';

/** For how long an answer of the store counts, and for how long a scrape waits for one. Milliseconds. */
const believed = 5000;
const patience = 2000;

type Sample = { readonly at: number; readonly work: OpenWork | undefined };

/**
 * Asks the store how much is open, at a scrape, once every five seconds at most. A store that does not answer within two
 * seconds holds up no scrape: then these figures are absent, and `locksmith_store_answers` is 0. Ages are by the clock that
 * wrote the instants, the store's, whatever this machine's own says.
 */
export function sampleOpenWork(
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
      if (last !== undefined && clock.now() - last.at < believed) return last;
      asking ??= read().finally(() => {
        asking = undefined;
      });
      const { promise: late, resolve } = Promise.withResolvers<Sample>();
      const cancel = clock.after(patience, () => {
        resolve({ at: clock.now(), work: undefined });
      });
      try {
        return await Promise.race([asking, late]);
      } finally {
        cancel();
      }
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
