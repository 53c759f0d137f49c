import type { Clock } from '../clock.ts';

/** What `done` resolves to, or `otherwise` where that takes longer than `milliseconds` or fails. */
export async function atMost<Result>(
  clock: Clock,
  milliseconds: number,
  done: Promise<Result>,
  otherwise: Result,
): Promise<Result> {
  const { promise: late, resolve } = Promise.withResolvers<Result>();
  const cancel = clock.after(milliseconds, () => {
    resolve(otherwise);
  });
  try {
    return await Promise.race([done.catch(() => otherwise), late]);
  } finally {
    cancel();
  }
}
