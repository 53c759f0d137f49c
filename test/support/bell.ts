/** Rings whenever something has happened, so that nobody has to look again and again. */
export type Bell = {
  ring(): void;
  /** Looks at every ring, and resolves with the first thing that `look` finds. Rejects, naming `what`, when it takes too long. */
  until<Found>(what: string | (() => string), look: () => Found | undefined): Promise<Found>;
};

const longestMilliseconds = 60_000;

/** Makes a bell. */
export function createBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const look of waiting) look();
    },
    until(what, look) {
      return new Promise((resolve, reject) => {
        const tooLong = setTimeout(() => {
          waiting.delete(again);
          reject(new Error(`it never happened: ${typeof what === 'string' ? what : what()}`));
        }, longestMilliseconds);
        const again = (): void => {
          const found = look();
          if (found === undefined) return;
          clearTimeout(tooLong);
          waiting.delete(again);
          resolve(found);
        };
        waiting.add(again);
        again();
      });
    },
  };
}
