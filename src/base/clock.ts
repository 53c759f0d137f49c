/** Time as an argument, so that tests can move it. */
export type Clock = {
  /** Milliseconds since 1970 in UTC. */
  now(): number;
  /** Calls `act` once after `milliseconds`. The function that it returns cancels the call. */
  after(milliseconds: number, act: () => void): () => void;
};

/** The clock of the machine. Its timers do not keep the process alive. */
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
