import { alarmLines, eventLines, stepLines } from './terminal-log-lines.ts';

type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a person at a terminal cannot use: ids and hashes. The log as JSON has them. */
const leftOut: ReadonlySet<string> = new Set([
  'actor',
  'check',
  'customer',
  'hash',
  'inForce',
  'instance',
  'mode',
  'policy',
  'severity',
  'state',
  'user',
  'version',
]);

/**
 * A line of the log as a person reads it at a terminal: `22:03:11 The bot takes messages at http://127.0.0.1:3978.`, in UTC. A level
 * above `info` is told. Codes stand behind the sentence. A text that is no such line stays as it is.
 */
export function formatForTerminal(text: string): string {
  const { at, level, event, ...facts } = readLine(text);
  if (typeof at !== 'string' || typeof level !== 'string' || typeof event !== 'string') return text;
  const told = level === 'warn' || level === 'error' ? [level.toUpperCase()] : [];
  const time = at.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM:SS'.length);
  return `${[time, ...told, describe(event, facts)].join(' ')}\n`;
}

function describe(event: string, facts: Facts): string {
  const { kind, ...others } = facts;
  const line =
    event === 'asked' || event === 'step'
      ? find(stepLines, kind)
      : event === 'alarm'
        ? find(alarmLines, kind)
        : undefined;
  if (line !== undefined) return fill(line, others);
  // A name without a sentence stands for itself.
  return fill(find(eventLines, event) ?? event, facts);
}

function find(lines: Readonly<Record<string, string>>, name: Facts[string]): string | undefined {
  return typeof name === 'string' && Object.hasOwn(lines, name) ? lines[name] : undefined;
}

/** Puts facts in the place of their names, and the others behind. */
function fill(line: string, facts: Facts): string {
  const used = new Set<string>();
  const sentence = line.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name);
    return formatFact(facts[name]);
  });
  const rest = Object.entries(facts)
    .filter(([name, value]) => value !== undefined && !used.has(name) && !leftOut.has(name))
    .map(([name, value]) => `${name}=${formatFact(value)}`);
  return rest.length === 0 ? sentence : `${sentence} (${rest.join(' ')})`;
}

function readLine(text: string): Facts {
  if (!text.startsWith('{"at":')) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A value that holds a space or what could move the cursor is quoted, and the latter is written out. */
function formatFact(value: Facts[string]): string {
  const text = String(value);
  if (!/[\s\p{C}"]/u.test(text)) return text;
  return JSON.stringify(text).replaceAll(
    /\p{C}/gu,
    (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
