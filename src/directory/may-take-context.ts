import type { Reading } from '../reset/index.ts';
import { courtesies } from './courtesies.ts';
import { wordsIn } from './fuller-readings.ts';

/**
 * Whether a reading without a customer may be at the customer that the chat was about. Rule: only where no customer was
 * typed, however wrongly. So every reading that names one has to be these same words, cut in two: with "at" between
 * them, or with a word more that is no courtesy, it was typed.
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
