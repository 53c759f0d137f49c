import { systemClock } from '../base/index.ts';
import { type Playground, PlaygroundError, type PlaygroundOptions, startPlayground } from './playground.ts';

const maxRestarts = 3;
const restartWindowMilliseconds = 10 * 60_000;
const pauseMilliseconds = 1000;

/**
 * Starts the Playground, and starts it again at the same address where it ends by itself: three times in ten minutes at most.
 * The bot and what it keeps are not touched by that. The chat is empty after it, and the log says so.
 */
export async function keepPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { clock = systemClock, log } = options;
  const restarts: number[] = [];
  let isStopped = false;
  let running: Playground | undefined = await start(options.port);
  const { url } = running;
  let restarting: Promise<void> = Promise.resolve();
  let endPause = (): void => undefined;

  return {
    url,
    stop: async () => {
      isStopped = true;
      endPause();
      await restarting;
      await running?.stop();
    },
  };

  async function start(port: number): Promise<Playground> {
    return startPlayground({
      ...options,
      port,
      onEnd: () => {
        running = undefined;
        restarting = restarting.then(restart);
      },
    });
  }

  async function restart(): Promise<void> {
    const now = clock.now();
    if (restarts.filter((at) => now - at < restartWindowMilliseconds).length >= maxRestarts) {
      log?.({ level: 'error', event: 'playground-given-up', restarts: maxRestarts });
      return;
    }
    restarts.push(now);
    await pause();
    if (isStopped) return;
    try {
      running = await start(Number(new URL(url).port));
    } catch (failure) {
      if (!(failure instanceof PlaygroundError)) throw failure;
      log?.({ level: 'error', event: 'playground-not-started', code: failure.code });
      await restart();
      return;
    }
    log?.({ level: 'warn', event: 'playground-started-again', url });
  }

  async function pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const forget = clock.after(pauseMilliseconds, resolve);
      endPause = () => {
        forget();
        resolve();
      };
    });
  }
}
