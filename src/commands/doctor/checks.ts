import { type Clock, readErrorCode } from '../../base/index.ts';
import { type ProgressOutput, withProgress } from '../progress.ts';

/** In how many numbered steps `docs/install.md` puts Locksmith into a tenant. */
export const installSteps = 9;

/** How a thing is that is not as it has to be. */
export type Trouble =
  /** A step of the installation has not been done yet. */
  | 'not-made'
  /** Nothing answers, or not in time. */
  | 'not-reachable'
  /** What answers says no. */
  | 'refused'
  /** Anything else: it is there, and is not what it should be. */
  | 'wrong';

/** What a look at one thing found. Trouble comes with what to do about it; nothing here holds a secret. */
export type Finding =
  | { readonly kind: 'ok'; readonly says: string }
  | {
      readonly kind: Trouble;
      readonly says: string;
      readonly todo: string;
      /** Where the remedy is another step's than the check's. */
      readonly step?: number;
    }
  /** It is as somebody wants it, and a part of it does nothing. That is no failure. */
  | { readonly kind: 'warning'; readonly says: string; readonly todo: string; readonly step?: number }
  /** Something before it has to be mended first, or there is nothing to look at. */
  | { readonly kind: 'not-checked'; readonly says: string };

/** One thing to look at. */
export type Check = {
  readonly name: string;
  /** The step of `docs/install.md` that makes it. */
  readonly step: number;
  readonly look: () => Promise<Finding>;
};

/** How a line begins. */
export const marks = {
  ok: 'ok',
  warning: 'warning',
  'not-made': 'not made yet',
  'not-reachable': 'NOT REACHABLE',
  refused: 'REFUSED',
  wrong: 'WRONG',
  'not-checked': '–',
} as const satisfies Record<Finding['kind'], string>;
const markWidth = 13;
const nameWidth = 16;

/**
 * Runs the checks one after the other and prints a line for each. Below trouble stands what to do, with the step of the
 * installation. Where the same remedy serves several checks that follow each other, it stands once, below the last. A check
 * that throws is wrong too. Returns the exit status: 1 where anything is not well; a warning alone leaves it at 0.
 */
export async function runChecks(
  checks: readonly Check[],
  print: (line: string) => void,
  progress: { readonly clock: Pick<Clock, 'after'>; readonly errors: ProgressOutput },
): Promise<0 | 1> {
  let status: 0 | 1 = 0;
  const printed = new Set<string>();
  let owed: Remedy | undefined;
  for (const { name, step, look } of checks) {
    const finding = await withProgress(`Looking at ${name}`, () => look().catch(explainDefect), progress);
    const remedy = 'todo' in finding ? { todo: finding.todo, step: finding.step ?? step } : undefined;
    if (owed !== undefined && owed.todo !== remedy?.todo) printRemedy(owed);
    owed = remedy;
    print(`${marks[finding.kind].padEnd(markWidth)} ${name.padEnd(nameWidth)} ${finding.says}`);
    if (remedy !== undefined && finding.kind !== 'warning') status = 1;
  }
  if (owed !== undefined) printRemedy(owed);
  return status;

  function printRemedy({ todo, step }: Remedy): void {
    if (printed.has(todo)) return;
    printed.add(todo);
    const where = todo.includes('docs/install.md, step') ? '' : ` (docs/install.md, step ${step} of ${installSteps})`;
    print(`${' '.repeat(markWidth + nameWidth + 1)} → ${todo}${where}`);
  }
}

type Remedy = { readonly todo: string; readonly step: number };

/** Only a code of ours is repeated: what else an error says may hold what was sent. */
function explainDefect(failure: unknown): Finding {
  const code = readErrorCode(failure) ?? 'defect';
  return { kind: 'wrong', says: `could not be looked at (${code})`, todo: 'Report it, with this line.' };
}
