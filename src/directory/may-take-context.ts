import type { Reading } from '../reset/index.ts';
import { courtesies } from './courtesies.ts';
import { wordsIn } from './fuller-readings.ts';

/**
 * Whether a reading without a customer may mean the customer that the chat was about. Rule: only where no customer was
 * typed, not even a wrong one. So each reading with a customer must be these same words cut in two. An "at" between
 * them, or one more word that is no courtesy, shows that a customer was typed.
 */
export function mayTakeContext(reading: Reading, readings: readonly Reading[]): boolean {
  const own = withoutCourtesies(reading);
  return (
    reading.customer === undefined &&
    readings.every((other) => other.customer === undefined || withoutCourtesies(other) === own)
  );
}

function withoutCourtesies(reading: Reading): string {
  return wordsIn(reading)
    .filter((word) => !courtesies.has(word))
    .join(' ');
}
