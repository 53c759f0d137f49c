import type { Clock } from './clock.ts';

/** How much a line matters, least first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One line: a name and named facts. No field takes an object, an error or a text that a person sent. */
export type LogEvent = {
  readonly level: LogLevel;
  readonly event: string;
  readonly [fact: string]: string | number | boolean | undefined;
};

export type Log = (event: LogEvent) => void;

/** Writes events at `level` and above as JSON lines, each with its instant in UTC. */
export function createLog({
  write,
  clock,
  level,
}: {
  write: (line: string) => void;
  clock: Clock;
  level: LogLevel;
}): Log {
  const least = logLevels.indexOf(level);
  return (event) => {
    if (logLevels.indexOf(event.level) < least) return;
    // Last too, so that no fact takes the place of the instant; it stays the first of the line.
    const instant = { at: new Date(clock.now()).toISOString() };
    write(`${JSON.stringify(Object.assign({}, instant, event, instant))}\n`);
  };
}
