import type { PartnerClock } from '../partner-options.ts';

/** Waits by the clock, or less where `signal` is aborted first. */
export async function wait(
  clock: PartnerClock,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<'waited' | 'aborted'> {
  if (signal?.aborted === true) {
    return 'aborted';
  }
  const { promise, resolve } = Promise.withResolvers<'waited' | 'aborted'>();
  const takeBack = clock.after(milliseconds, () => {
    resolve('waited');
  });
  const stop = (): void => {
    resolve('aborted');
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await promise;
  } finally {
    takeBack();
    signal?.removeEventListener('abort', stop);
  }
}
