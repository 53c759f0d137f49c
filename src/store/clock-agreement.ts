import { storeTunables } from '../base/index.ts';
import { StoreError } from './database/store-error.ts';

/**
 * Whether the clocks of the database and of this machine agree. Limits, retention and deadlines are counted by them, and who writes to
 * the database may have a say in its clock. Where they do not agree, nobody knows which one is right.
 */
export type ClockAgreement = {
  /** Takes the difference that was read last, in milliseconds. */
  observe(difference: number): void;
  readonly holds: () => boolean;
  /** Throws a `StoreError` `clocks-disagree` where they do not. */
  require(): void;
};

/** Creates the agreement of one process. Until a difference is read the clocks are taken to agree. */
export function createClockAgreement(): ClockAgreement {
  let last = 0;
  const holds = (): boolean => areClocksClose(last);
  return {
    observe(difference) {
      last = difference;
    },
    holds,
    require() {
      if (!holds()) throw new StoreError('clocks-disagree');
    },
  };
}

/** Whether that difference, in milliseconds, is small enough to go by the clock of the database. */
export function areClocksClose(difference: number): boolean {
  return Math.abs(difference) <= storeTunables.greatestClockDifferenceMilliseconds;
}
