/** Rings whenever something has happened, so that no one has to look again and again. */
export type Bell = {
  ring(): void;
  /**
   * Looks at every ring, and resolves with the first thing that `look` finds. Rejects with what `look` throws, and, naming
   * `what`, when it takes too long.
   */
  until<Found>(what: string | (() => string), look: () => Found | undefined): Promise<Found>;
};

const longestMilliseconds = 180_000;

/** Makes a bell. */
export function createBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const look of waiting) look();
    },
    async until(what, look) {
      const found = look();
      if (found !== undefined) return found;
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          clearTimeout(tooLong);
          waiting.delete(again);
        };
        const tooLong = setTimeout(() => {
          stop();
          reject(new Error(`it never happened: ${typeof what === 'string' ? what : what()}`));
        }, longestMilliseconds);
        const again = (): void => {
          try {
            const found = look();
            if (found === undefined) return;
            stop();
            resolve(found);
          } catch (failure) {
            stop();
            reject(failure);
          }
        };
        waiting.add(again);
      });
    },
  };
}
