import { once } from 'node:events';
import { createServer, type IncomingMessage, request as callHttp, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listenOnLoopback } from '../../src/sandbox/loopback-http.ts';

/** A call on its way, and the process that makes it, where it says so in the header `x-process`. */
export type PassingCall = {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly process: number | undefined;
};

/**
 * Something to do once, at the first call that fits. `before`: it never arrives; `between`: it had its effect and its
 * answer, or the fault in place of one, is on the way and gets lost; `after`: it was answered.
 */
export type CheckpointRule = {
  readonly when: 'before' | 'between' | 'after';
  readonly fits: (call: PassingCall) => boolean;
  readonly act: (call: PassingCall) => Promise<void>;
};

export type Checkpoint = {
  readonly url: string;
  /** Every call that was let through, in order. */
  readonly passed: readonly PassingCall[];
  once(rule: CheckpointRule): void;
  /** From now on each call takes so much longer on its way. */
  delay(milliseconds: number): void;
  /** Takes back whatever was to be done once. */
  forget(): void;
  close(): Promise<void>;
};

/**
 * Stands between the bot and something outside of it, and passes on what either says as it is, broken connections too.
 * `heard` is told of every call that is let through, and again when it was answered.
 */
export async function createCheckpoint(
  target: string,
  heard: (call: PassingCall, what: 'sent' | 'answered') => void,
): Promise<Checkpoint> {
  const passed: PassingCall[] = [];
  let rules: readonly CheckpointRule[] = [];
  let delay = 0;

  const take = (when: CheckpointRule['when'], call: PassingCall): CheckpointRule | undefined => {
    const found = rules.find((rule) => rule.when === when && rule.fits(call));
    rules = rules.filter((rule) => rule !== found);
    return found;
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    const { method = '', url = '' } = request;
    const { 'x-process': caller, ...sent } = request.headers;
    const call = {
      method,
      path: url,
      body: body.toString('utf8'),
      process: caller === undefined ? undefined : Number(caller),
    };
    const before = take('before', call);
    if (before !== undefined) {
      await before.act(call);
      response.destroy();
      return;
    }
    if (delay > 0) await wait(delay);
    passed.push(call);
    heard(call, 'sent');
    const onward = callHttp(new URL(url, target), {
      method,
      headers: { ...sent, connection: 'close' },
      agent: false,
    });
    response.once('close', () => onward.destroy());
    const answer = await new Promise<IncomingMessage | undefined>((resolve) => {
      onward.once('response', resolve);
      onward.once('error', () => {
        resolve(undefined);
      });
      onward.end(body);
    });
    const between = take('between', call);
    if (between !== undefined) {
      await between.act(call);
      response.destroy();
      return;
    }
    if (answer === undefined) {
      response.socket?.resetAndDestroy();
    } else {
      const { connection: _ours, ...headers } = answer.headers;
      response.writeHead(answer.statusCode ?? 500, headers);
      answer.on('error', () => response.destroy()).pipe(response);
      if (!response.destroyed) await once(response, 'close');
    }
    heard(call, 'answered');
    await take('after', call)?.act(call);
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  const listening = listenOnLoopback(server);
  const { url } = await listening.listen({ port: 0 });
  return {
    url,
    passed,
    once: (rule) => {
      rules = [...rules, rule];
    },
    delay: (milliseconds) => {
      delay = milliseconds;
    },
    forget: () => {
      rules = [];
    },
    close: () => listening.close(),
  };
}
