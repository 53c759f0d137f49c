import { readErrorCode } from '../../base/index.ts';
/** What a look at one thing found. What is wrong comes with what to do about it; nothing here holds a secret. */
export type Finding =
  | { readonly kind: 'ok'; readonly says: string }
  | { readonly kind: 'wrong'; readonly says: string; readonly todo: string }
  | { readonly kind: 'not-checked'; readonly says: string };

/** One thing to look at. */
export type Check = { readonly name: string; readonly look: () => Promise<Finding> };

const marks = { ok: 'ok     ', wrong: 'WRONG  ', 'not-checked': '–      ' } as const satisfies Record<
  Finding['kind'],
  string
>;
const nameWidth = 16;

/**
 * Runs the checks one after the other and prints a line for each, with advice below what is wrong. A check that throws is
 * wrong too. Returns the exit status: 1 where anything is wrong.
 */
export async function runChecks(checks: readonly Check[], print: (line: string) => void): Promise<0 | 1> {
  let status: 0 | 1 = 0;
  for (const { name, look } of checks) {
    const finding = await look().catch(explainDefect);
    print(`${marks[finding.kind]} ${name.padEnd(nameWidth)} ${finding.says}`);
    if (finding.kind === 'wrong') {
      print(`        ${' '.repeat(nameWidth)} → ${finding.todo}`);
      status = 1;
    }
  }
  return status;
}

/** Only a code of ours is repeated: what else an error says may hold what was sent. */
function explainDefect(failure: unknown): Finding {
  const code = readErrorCode(failure) ?? 'defect';
  return { kind: 'wrong', says: `could not be looked at (${code})`, todo: 'Report it, with this line.' };
}
