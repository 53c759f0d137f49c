import type { Writable } from 'node:stream';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * Runs a command and sets the exit status that it returns. It keeps the process alive meanwhile: the timers of
 * `systemClock` do not, and a command that only waits for one would end in the middle.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  // Node would open its inspector, through which the keys can be read.
  process.on('SIGUSR1', () => undefined);
  const hold = setInterval(() => undefined, 60_000);
  try {
    process.exitCode = await command();
  } finally {
    clearInterval(hold);
  }
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
