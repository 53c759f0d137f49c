import { describeErrorForLog, type Log } from '../../base/index.ts';
import { formatTurnFailure } from '../../texts/index.ts';
import type { IncomingActivity } from './incoming-activity.ts';

export type FailureReporting = {
  /** Makes a reference by which a failure can be found in the log. */
  readonly newReference: () => string;
  readonly log: Log;
};

/**
 * Logs a failure under a new reference, without its message.
 *
 * @returns the reference, and the sentence for the person who waits, which names it
 */
export function reportFailure(
  { newReference, log }: FailureReporting,
  event: 'turn-failed' | 'late-work-failed',
  error: unknown,
  facts: { readonly incoming?: IncomingActivity['kind'] } = {},
): { readonly reference: string; readonly text: string } {
  const reference = newReference();
  log({ level: 'error', event, reference, ...facts, ...describeErrorForLog(error) });
  return { reference, text: formatTurnFailure(error, reference) };
}
