import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
import { own } from './own.ts';

const channel = 'http.server.request.start';

/**
 * Records the bodies of what servers of this process answer on some ports, whoever asked.
 * https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#http
 */
export function recordAnswers() {
  const ports = new Set<number>();
  const answers: { readonly path: string; body: string }[] = [];
  const listen = (message: unknown): void => {
    const response = own(message, 'response');
    if (!(response instanceof ServerResponse) || !ports.has(response.req.socket.localPort ?? 0)) return;
    const answer = { path: response.req.url ?? '', body: '' };
    answers.push(answer);
    const write = response.write.bind(response);
    const end = response.end.bind(response);
    const note = (chunk: unknown): void => {
      if (typeof chunk === 'string') answer.body += chunk;
      else if (chunk instanceof Uint8Array) answer.body += Buffer.from(chunk).toString('latin1');
    };
    Object.assign(response, {
      write: (...given: readonly unknown[]): unknown => {
        note(given[0]);
        return Reflect.apply(write, undefined, given);
      },
      end: (...given: readonly unknown[]): unknown => {
        note(given[0]);
        return Reflect.apply(end, undefined, given);
      },
    });
  };
  subscribe(channel, listen);
  return {
    answers: answers as readonly { readonly path: string; readonly body: string }[],
    /** Records what is answered at this address too. */
    watch(url: string): void {
      ports.add(Number(new URL(url).port));
    },
    stop(): void {
      unsubscribe(channel, listen);
    },
  };
}
