import { readFileSync } from 'node:fs';
import { readErrorCode } from '../base/index.ts';

/** The environment as a record of texts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the file that a `NAME_FILE` names; throws where it cannot be read. */
export type ReadFile = (path: string) => string;

/** Settings, or everything that is wrong with them, a line each. */
export type SettingsResult<Value> =
  | { readonly kind: 'settings'; readonly settings: Value }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

export type TextReader = ReturnType<typeof createTextReader>;

/** Reads settings as texts, from the environment or from the file that `NAME_FILE` names, and collects the `problems`. */
export function createTextReader(environment: Environment, readFile: ReadFile = readTextFile) {
  const problems: string[] = [];
  return { problems: problems as readonly string[], report, finish, text, neededText, file, neededFile, refuse };

  /** Several readings of one setting report its problem once. */
  function report(...found: readonly string[]): void {
    for (const problem of found) if (!problems.includes(problem)) problems.push(problem);
  }

  /** Gives the settings that were read, or the problems where there are any. */
  function finish<Value>(settings: Value): SettingsResult<Value> {
    return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'settings', settings };
  }

  /** A setting that is there but empty counts as not set. */
  function text(name: string): string | undefined {
    const value = environment[name]?.trim() || undefined;
    const path = environment[`${name}_FILE`]?.trim() || undefined;
    if (path === undefined) return value;
    if (value !== undefined) {
      report(`${name} and ${name}_FILE are both set: give one of them`);
      return undefined;
    }
    try {
      return readFile(path).trim() || undefined;
    } catch {
      report(`${name}_FILE names a file that cannot be read`);
      return undefined;
    }
  }

  function neededText(name: string): string {
    const value = text(name);
    if (value === undefined && !problems.some((problem) => problem.startsWith(name))) {
      report(`${name} is not set`);
    }
    return value ?? '';
  }

  /** The path of a file that is there. */
  function file(name: string): string | undefined {
    const path = text(name);
    if (path === undefined) return undefined;
    try {
      readFile(path);
    } catch (failure) {
      report(`${name} names a file that cannot be read (${readErrorCode(failure) ?? 'unknown'}): ${path}`);
    }
    return path;
  }

  function neededFile(name: string): string {
    neededText(name);
    return file(name) ?? '';
  }

  /** Reports a setting that this mode does not obey. */
  function refuse(name: string, why: string): void {
    if (environment[name]?.trim() || environment[`${name}_FILE`]?.trim()) report(`${name} ${why}`);
  }
}

/** PowerShell 5 writes files in UTF-16 with a byte order mark. */
function readTextFile(path: string): string {
  const bytes = readFileSync(path);
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
}
