import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { own } from './own.ts';

const channels = ['undici:request:create', 'http.client.request.start'] as const;

/** Tells every HTTP request this process makes from now on, by any client, as the origin it goes to. */
export function watchOutgoing(): { readonly origins: readonly string[]; stop(): void } {
  const origins: string[] = [];
  const note = (message: unknown): void => {
    const request = own(message, 'request');
    if (typeof request !== 'object' || request === null) return;
    // A client request of node:http keeps its host to itself; that of fetch has its whole origin.
    const origin: unknown = Reflect.get(request, 'origin') ?? Reflect.get(request, 'host');
    origins.push(String(origin));
  };
  for (const channel of channels) subscribe(channel, note);
  return {
    origins,
    stop() {
      for (const channel of channels) unsubscribe(channel, note);
    },
  };
}
