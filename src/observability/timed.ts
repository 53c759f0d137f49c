import type { Clock } from '../base/index.ts';

/**
 * Makes a call and passes on its result or its failure. Before that, `observe` gets the seconds that it took, 0 where the
 * clock was set back meanwhile. The timer of prom-client would measure by another clock than ours.
 */
export async function timed<Result>(
  clock: Pick<Clock, 'now'>,
  observe: (seconds: number) => void,
  call: () => Promise<Result>,
): Promise<Result> {
  const begun = clock.now();
  try {
    return await call();
  } finally {
    observe(Math.max(0, clock.now() - begun) / 1000);
  }
}
