import { Secret } from '../../src/base/secret.ts';
import {
  type AggregatePartner,
  createPartner,
  type PartnerClock,
  type PartnerOptions,
} from '../../src/partner-center/index.ts';

/** A partner against a server of a test, with a clock that does not make it wait and limits that are never over. */
export function connect(server: { readonly baseUrl: string }, options: Partial<PartnerOptions> = {}): AggregatePartner {
  return createPartner({
    credentials: { getToken: () => Promise.resolve(new Secret('token-CANARY-1')) },
    baseUrl: server.baseUrl,
    clock: createFakeClock(),
    random: () => 0.5,
    timeouts: { perTry: 2_000_000, whole: 4_000_000 },
    ...options,
  });
}

/** A clock that stands still: waits shorter than `patience` are over at once, and are kept; longer ones wait for `pass`. */
type FakeClock = PartnerClock & {
  readonly waits: readonly number[];
  /** Lets time go by: what is due by then is called. */
  pass(milliseconds: number): void;
};

export function createFakeClock(start = Date.parse('2026-03-01T12:00:00Z'), patience = 1_000_000): FakeClock {
  let now = start;
  const waits: number[] = [];
  const waiting = new Map<object, { at: number; act: () => void }>();
  return {
    waits,
    now: () => now,
    after(milliseconds, act) {
      if (milliseconds < patience) {
        waits.push(milliseconds);
        now += milliseconds;
        queueMicrotask(act);
        return () => {};
      }
      const key = {};
      waiting.set(key, { at: now + milliseconds, act });
      return () => {
        waiting.delete(key);
      };
    },
    pass(milliseconds) {
      now += milliseconds;
      for (const [key, { at, act }] of waiting) {
        if (at <= now) {
          waiting.delete(key);
          act();
        }
      }
    },
  };
}
