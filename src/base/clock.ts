/** Time as an argument. */
export type Clock = {
  /** Milliseconds since 1970 in UTC. */
  now(): number;
  /** Calls `act` once after `milliseconds`; what it returns takes that back. */
  after(milliseconds: number, act: () => void): () => void;
};

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
