import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { OpenWork } from '../reset/ports/open-work.ts';

/** For how long an answer of the store counts, and for how long a scrape waits for one. Milliseconds. */
const believed = 5000;
const patience = 2000;

type Sample = { readonly at: number; readonly work: OpenWork | undefined };

/**
 * Asks the store how much is open, at a scrape, once every five seconds at most. A store that does not answer within two
 * seconds holds up no scrape: then these figures are absent, and `locksmith_store_answers` is 0.
 */
export function sampleOpenWork(registry: Registry, clock: Clock, log: Log): (ask: () => Promise<OpenWork>) => void {
  return (ask) => {
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
      help: 'How long ago the oldest of the open requests was confirmed; 0 where none is open.',
      registers,
      async collect() {
        const { work } = await sample();
        if (work === undefined) oldest.remove();
        else oldest.set(Math.max(0, clock.now() - (work.oldestConfirmedAt ?? clock.now())) / 1000);
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
