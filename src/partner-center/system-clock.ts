import type { PartnerClock } from './partner-options.ts';

/** The machine's own clock. */
export const systemClock: PartnerClock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};
