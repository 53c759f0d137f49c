import type { Outcome } from './run-scenario.ts';

/** What is said of a death that was another one than its name tells. */
export const complaints = {
  endedWith: (card: string): string => `it ended with ${card}`,
  neverStruck: (faults: number): string => `${faults} faults have never struck`,
} as const;

/** So often a death is run in all, where it does not come about. */
export const mostTries = 3;

const refused = 'outcome-refused';

/**
 * Whether the fault was there to strike. On a slow machine the time of a reset may be over before the call that the fault is
 * for: it is refused, nothing was changed, and the death was another one than its name tells. It is taken for that only where
 * no PATCH was sent and nothing else is wrong. A reset that meets no fault has no such excuse.
 */
export function hasComeAbout(outcome: Outcome): boolean {
  const { broken, ended, patches } = outcome;
  const [first, ...others] = broken.filter((complaint) => complaint !== complaints.endedWith(refused));
  const neverStruck = first !== undefined && /^[1-9]\d* faults have never struck$/.test(first);
  return !(neverStruck && others.length === 0 && ended === refused && patches === 0 && isTakenOverInTime(outcome));
}

/** Whether whoever went on after the death did so soon enough. */
export function isTakenOverInTime({ takenOver }: Pick<Outcome, 'takenOver'>): boolean {
  return takenOver === undefined || takenOver.after < takenOver.atMost;
}

/**
 * Runs a death, and runs it again from the beginning where it has not come about. The last outcome counts: after `mostTries`
 * it is broken. `passwords` are those of every try.
 */
export async function runUntilItComesAbout(
  run: () => Promise<Outcome>,
): Promise<{ readonly outcome: Outcome; readonly repeats: number; readonly passwords: readonly string[] }> {
  const passwords: string[] = [];
  for (let tries = 1; ; tries += 1) {
    const outcome = await run();
    passwords.push(...outcome.passwords);
    if (hasComeAbout(outcome)) return { outcome, repeats: tries - 1, passwords };
    if (tries === mostTries) {
      const broken = [...outcome.broken, `it has not come about in ${mostTries} tries`];
      return { outcome: { ...outcome, broken }, repeats: tries - 1, passwords };
    }
  }
}
