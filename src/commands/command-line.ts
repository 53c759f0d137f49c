import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readErrorCode } from '../base/index.ts';

/**
 * Runs a command and sets the exit status that it returns. `--help` prints the usage, status 0, and starts nothing; a
 * command without `takesWords` understands no other word. A reader that goes away ends no command, and prints no stack; neither
 * does a file that this user may not read or write.
 *
 * The process is kept alive meanwhile: the timers of `systemClock` do not, and a command that only waits for one would end
 * in the middle.
 */
export async function runCommand({
  usage,
  takesWords = false,
  run,
}: {
  readonly usage: string;
  readonly takesWords?: boolean;
  readonly run: (args: readonly string[]) => Promise<number>;
}): Promise<void> {
  const args = process.argv.slice(2);
  const lost = watchStandardOutput();
  // Node would open its inspector, through which the keys can be read.
  process.on('SIGUSR1', () => undefined);
  const hold = setInterval(() => undefined, 60_000);
  try {
    const status = await answer().catch(refuseFile);
    // A write to a file fails one turn later.
    await nextTurn();
    process.exitCode = lost.code === undefined || status !== 0 ? status : refuseOutput(lost.code);
  } finally {
    clearInterval(hold);
  }

  async function answer(): Promise<number> {
    if (asksForHelp(args)) {
      process.stdout.write(usage);
      return 0;
    }
    const [word] = args;
    return takesWords || word === undefined
      ? run(args)
      : printUsage(process.stderr, usage, needsUsage('This command takes no words.'));
  }
}

/** Whether the words after `npm run NAME --` ask what the command does. */
export function asksForHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

/** Holds the code of the first write that the system refused; a reader that went away (`head`) refuses nothing. */
function watchStandardOutput(): { readonly code: string | undefined } {
  const lost: { code: string | undefined } = { code: undefined };
  process.stdout.on('error', (failure) => {
    const code = readErrorCode(failure) ?? 'unexpected';
    if (code !== 'EPIPE') lost.code ??= code;
  });
  // Where standard error is closed, only the exit status reports a problem.
  process.stderr.on('error', () => undefined);
  return lost;
}

/** A file that the system refuses is no defect: a sentence names it. Anything else is thrown on. */
function refuseFile(failure: unknown): 1 {
  const code = readErrorCode(failure);
  const path = Error.isError(failure) && 'path' in failure ? String(failure.path) : undefined;
  if (path === undefined || code === undefined || !(code in fileRefusals)) throw failure;
  process.stderr.write(`${path}: ${fileRefusals[code]} (${code})\n`);
  return 1;
}

const fileRefusals: Readonly<Record<string, string>> = {
  EACCES: 'this user may not do that here. Which command runs as whom: docs/install.md, step 4.',
  EPERM: 'this user may not do that here. Which command runs as whom: docs/install.md, step 4.',
  ENOENT: 'it is not there. Run the command in the folder of Locksmith.',
  EROFS: 'nothing can be written there.',
  ENOSPC: 'there is no space left.',
};

function refuseOutput(code: string): 1 {
  process.stderr.write(`What was found could not be written (${code}).\n`);
  return 1;
}

/** A command line without an order, or with one that is not understood; `problem` says why. */
export type UsageNeeded = { readonly kind: 'usage'; readonly problem: string | undefined };

/** Makes the result for a command line that is not understood. Without a problem the usage alone is printed. */
export function needsUsage(problem: string | undefined): UsageNeeded {
  return { kind: 'usage', problem };
}

/** Parses the words after `npm run NAME --` strictly; undefined where an option is unknown or lacks its value. */
export function parseOptions<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> | undefined {
  try {
    return parseArgs(config);
  } catch {
    return undefined;
  }
}

/** Prints the problem, if there is one, and how the command is used. Returns the exit status 2: nothing was tried. */
export function printUsage(errors: Writable, usage: string, { problem }: UsageNeeded): 2 {
  errors.write(problem === undefined ? usage : `${problem}\n\n${usage}`);
  return 2;
}
