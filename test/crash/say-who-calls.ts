import { subscribe } from 'node:diagnostics_channel';

/** The header in which a bot under test says which process it is. */
export const processHeader = 'x-process';

/** Puts it into every HTTP call of this process, whichever client makes it. */
export function sayWhoCalls(): void {
  const me = String(process.pid);
  subscribe('undici:request:create', (message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as documented for this channel
    (message as { request: { addHeader(name: string, value: string): void } }).request.addHeader(processHeader, me);
  });
  subscribe('http.client.request.created', (message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as documented for this channel
    (message as { request: { setHeader(name: string, value: string): void } }).request.setHeader(processHeader, me);
  });
}
