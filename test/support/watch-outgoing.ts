import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { own } from './own.ts';

const channels = ['undici:request:create', 'http.client.request.start'] as const;

/** The HTTP requests, by any client, of what was started within this watch, and of no other file of the same process. */
export type OutgoingWatch = {
  /** The origins they went to. */
  readonly origins: readonly string[];
  /** Starts something that is watched from then on, with all that follows from it: timers, servers and their requests. */
  within<Result>(act: () => Result): Result;
  /** Forgets what was seen so far. */
  forget(): void;
  stop(): void;
};

/**
 * Watches the requests of some part of this process. A worker runs many test files one after the other, and the connections
 * of an earlier one may still be busy, so what counts is which code a request comes from and not when it is made.
 */
export function watchOutgoing(): OutgoingWatch {
  const origins: string[] = [];
  const watched = new AsyncLocalStorage<true>();
  const note = (message: unknown): void => {
    if (watched.getStore() === undefined) return;
    const request = own(message, 'request');
    if (typeof request !== 'object' || request === null) return;
    // A client request of node:http keeps its host to itself; that of fetch has its whole origin.
    const origin: unknown = Reflect.get(request, 'origin') ?? Reflect.get(request, 'host');
    origins.push(String(origin));
  };
  for (const channel of channels) subscribe(channel, note);
  return {
    origins,
    within: (act) => watched.run(true, act),
    forget() {
      origins.length = 0;
    },
    stop() {
      for (const channel of channels) unsubscribe(channel, note);
    },
  };
}
