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

/**
 * A line of `createLog` as a person reads it at a terminal: `22:03:11 listening mode=sandbox`, in UTC. A level above `info` is
 * told. A text that is no such line stays as it is.
 */
export function formatForTerminal(text: string): string {
  const { at, level, event, ...facts } = readLine(text);
  if (typeof at !== 'string' || typeof level !== 'string' || typeof event !== 'string') return text;
  const parts = Object.entries(facts).map(([name, value]) => `${name}=${formatFact(value)}`);
  const told = level === 'warn' || level === 'error' ? [level.toUpperCase()] : [];
  return `${[at.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM:SS'.length), ...told, event, ...parts].join(' ')}\n`;
}

function readLine(text: string): Readonly<Record<string, string | number | boolean | undefined>> {
  if (!text.startsWith('{"at":')) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A value that holds a space or what could move the cursor is quoted, and the latter is written out. */
function formatFact(value: string | number | boolean | undefined): string {
  const text = String(value);
  if (!/[\s\p{C}"]/u.test(text)) return text;
  return JSON.stringify(text).replaceAll(
    /\p{C}/gu,
    (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
