/** A process as its power supply sees it. */
export type PowerSwitch = ReturnType<typeof createPowerSwitch>;

/**
 * Stands between a process and everything outside of it, counts its calls and can kill it at any of them: from then on no
 * call of it gets through, and no answer gets back.
 */
export function createPowerSwitch() {
  let alive = true;
  let calls = 0;
  let killAt: { readonly call: number; readonly when: 'before' | 'after' } | undefined;
  let onStep: ((kind: string) => void) | undefined;
  let failing: ReadonlySet<string> = new Set();
  let sleep: { readonly kind: string; readonly until: Promise<void> } | undefined;
  let lost: string | undefined;
  let atStep: { readonly kind: string; readonly act: () => Promise<void> } | undefined;
  const never = () => new Promise<never>(() => undefined);

  return {
    /** How many calls got out so far. */
    get calls() {
      return calls;
    },
    get isAlive() {
      return alive;
    },
    /** Kills the process at that call: before it has an effect, or after, when its answer is on the way. */
    cutAt(call: number, when: 'before' | 'after'): void {
      killAt = { call, when };
    },
    cut(): void {
      alive = false;
    },
    /** Calls `act` right after a step of that kind was written down. */
    onStep(kind: string, act: () => void): void {
      onStep = (made) => {
        if (made === kind) act();
      };
    },
    /** Does `act` once, right before a step of that kind is written down: for losing a race. */
    overtake(kind: string, act: () => Promise<void>): void {
      atStep = { kind, act };
    },
    /** Freezes the process once, right after a step of that kind was written down. */
    sleepAfter(kind: string, until: Promise<void>): void {
      sleep = { kind, until };
    },
    /** From now on no step of these kinds can be written down, and whoever tries fails. */
    failSteps(...kinds: string[]): void {
      failing = new Set(kinds);
    },
    async beforeStep(kind: string): Promise<void> {
      if (failing.has(kind)) throw new Error('a store that cannot write');
      if (atStep?.kind !== kind) return;
      const { act } = atStep;
      atStep = undefined;
      await act();
    },
    /** The next step of that kind is written down, and whoever made it hears that it failed. */
    loseAnswerOf(kind: string): void {
      lost = kind;
    },
    async afterStep(kind: string): Promise<void> {
      onStep?.(kind);
      if (lost === kind) {
        lost = undefined;
        throw new Error('an answer that was lost');
      }
      if (sleep?.kind !== kind) return;
      const { until } = sleep;
      sleep = undefined;
      await until;
    },
    /** The same methods, through this switch. */
    wire<Port extends Record<string, (...given: never[]) => Promise<unknown>>>(_name: string, port: Port): Port {
      const wired = Object.entries(port).map(([name, method]) => [
        name,
        async (...given: never[]) => {
          if (!alive) return never();
          calls += 1;
          const call = calls;
          if (killAt?.call === call && killAt.when === 'before') alive = false;
          if (!alive) return never();
          const answer = await method(...given);
          if (killAt?.call === call && killAt.when === 'after') alive = false;
          return alive ? answer : never();
        },
      ]);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names with the same methods behind them
      return Object.fromEntries(wired) as Port;
    },
  };
}
