import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The program as a user starts it, in a process of its own. */
export type BotProcess = {
  readonly pid: number;
  /** Everything it has printed so far, standard error included. */
  printed(): string;
  /** Resolves with the first match in what is printed; rejects when the process ends before. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends a signal and resolves with the exit code, null where the signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Resolves with the exit code when it ends by itself. */
  readonly exited: Promise<number | null>;
};

/** Starts `src/main.ts` as `npm start` does, with these settings and no others of ours. */
export function startProcess(
  settings: Readonly<Record<string, string>>,
  entry = 'src/main.ts',
  options: readonly string[] = [],
): BotProcess {
  const child = spawn(process.execPath, [...options, '--require', './node-version.cjs', join(root, entry)], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const watchers = new Set<() => void>();
  const add = (chunk: Buffer): void => {
    printed += chunk.toString('utf8');
    for (const look of watchers) look();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  return {
    pid: child.pid ?? 0,
    printed: () => printed,
    prints: (pattern) =>
      new Promise((resolvePrinted, reject) => {
        const look = (): void => {
          const match = pattern.exec(printed);
          if (match === null) return;
          watchers.delete(look);
          resolvePrinted(match);
        };
        watchers.add(look);
        look();
        void exited.then(() => {
          reject(new Error(`it ended before it printed ${pattern}:\n${printed}`));
          return undefined;
        });
      }),
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      return exited;
    },
    exited,
  };
}
