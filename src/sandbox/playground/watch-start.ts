import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Clock } from '../../clock.ts';
import type { PlaygroundErrorCode } from './playground-error.ts';

export type Start =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'failed'; readonly code: PlaygroundErrorCode; readonly output: string };

const readyWithinMilliseconds = 20_000;
const longestOutput = 4_000;

/**
 * Waits until the Playground can be used, has ended, or 20 seconds have passed. It says `Listening on <port>` before it
 * reads its configuration, and answers `/_debug/ping` only after; on a taken port it quietly takes another one.
 */
export async function watchStart(
  child: ChildProcessWithoutNullStreams,
  { port, clock }: { readonly port: number; readonly clock: Clock },
): Promise<Start> {
  let output = '';
  let asked = false;
  const asking = new AbortController();
  const start = await new Promise<Start>((resolve) => {
    const fail = (code: PlaygroundErrorCode): void => {
      resolve({ kind: 'failed', code, output });
    };
    const forget = clock.after(readyWithinMilliseconds, () => {
      fail('did-not-answer');
    });
    asking.signal.addEventListener('abort', forget);
    child.once('error', () => {
      fail('could-not-run');
    });
    child.once('close', () => {
      fail('ended-early');
    });
    const collect = (text: string): void => {
      if (output.length < longestOutput) output += text;
      const taken = Number(/^Listening on (\d+)$/m.exec(output)?.[1] ?? 0);
      if (taken === 0 || asked) return;
      asked = true;
      if (port !== 0 && taken !== port) {
        fail('port-taken');
        return;
      }
      const url = `http://127.0.0.1:${taken}`;
      void whenAnswered(`${url}/_debug/ping`, asking.signal, () => {
        resolve({ kind: 'ready', url });
      });
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
  });
  asking.abort();
  child.stdout.removeAllListeners('data').resume();
  child.stderr.removeAllListeners('data').resume();
  return start;
}

async function whenAnswered(url: string, signal: AbortSignal, act: () => void): Promise<void> {
  const response = await fetch(url, { signal }).catch(() => undefined);
  if (response?.ok === true) act();
}
