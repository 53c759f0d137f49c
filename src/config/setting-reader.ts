import { readFileSync } from 'node:fs';
import { isGuid, readErrorCode, Secret } from '../base/index.ts';
import { readDatabaseUrl } from './database-url.ts';
import { readSealingKeys } from './keys.ts';

/** The environment as a record of texts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the file that a `NAME_FILE` names; throws where it cannot be read. */
export type ReadFile = (path: string) => string;

/** Settings, or everything that is wrong with them, a line each. */
export type SettingsResult<Value> =
  | { readonly kind: 'settings'; readonly settings: Value }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

export type SettingReader = ReturnType<typeof createSettingReader>;

/**
 * Reads settings one by one and collects what is wrong with them in `problems`. A method reports a problem and returns a
 * placeholder, which is never used. `needed…` reports a setting that is not set.
 */
export function createSettingReader(environment: Environment, readFile: ReadFile = readTextFile) {
  const problems: string[] = [];
  return {
    problems: problems as readonly string[],
    report,
    finish,
    text,
    neededText,
    file,
    neededFile,
    refuse,
    oneOf,
    wholeNumber,
    port,
    optionalPort,
    url,
    proxy,
    secret,
    pem,
    neededSecret,
    neededGuid,
    guids,
    neededGuids,
    keys,
    neededKeys,
    key,
    neededKey,
    databaseUrl,
    webhookUrl,
    neededWebhookUrl,
    serviceUrl,
    neededServiceUrl,
  };

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

  function oneOf<Value extends string>(name: string, values: readonly Value[], preset: Value): Value {
    const value = text(name);
    if (value === undefined) return preset;
    // Azure writes `UserAssignedMSI` where the Bot Framework writes `UserAssignedMsi`.
    const match = values.find((one) => one.toLowerCase() === value.toLowerCase());
    if (match === undefined) report(`${name} is none of ${values.join(', ')}`);
    return match ?? preset;
  }

  function wholeNumber(name: string, preset: number, least: number, most: number): number {
    const value = text(name);
    if (value === undefined) return preset;
    const number = Number(value);
    if (/^\d{1,9}$/.test(value) && number >= least && number <= most) return number;
    report(`${name} is not a whole number from ${least} to ${most}`);
    return preset;
  }

  function port(name: string, preset: number): number {
    return optionalPort(name) ?? preset;
  }

  function optionalPort(name: string): number | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (/^\d{1,5}$/.test(value) && number < 65_536) return number;
    report(`${name} is not a port from 0 to 65535`);
    return undefined;
  }

  function url(name: string): string | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const wellFormed = /^https?:\/\/[^/?#@]+(?:\/[^?#]*)?$/.test(value) && URL.canParse(value);
    if (!wellFormed) report(`${name} is not an http or https address`);
    else if (value.startsWith('http:') && !isLoopback(new URL(value).hostname)) {
      report(`${name} is plain http to another machine: give an https address`);
    }
    return value.replace(/\/+$/, '');
  }

  /** The address of a proxy, `http://host:port`, without a user, a path or a query. */
  function proxy(name: string): string | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const url = /^http:\/\/[^/?#@\s]+\/?$/.test(value) ? URL.parse(value) : null;
    if (url === null) report(`${name} is not the address of a proxy: write http://host:port, without a user or a path`);
    return url?.origin ?? value;
  }

  /** One line. A line end that was pasted as `\n` is no part of it: no secret of Microsoft's and no base64 ends so. */
  function secret(name: string): Secret | undefined {
    const value = oneLine(name);
    if (value !== undefined && /\p{Cc}/u.test(value)) report(`${name} holds a line break or another control character`);
    return value === undefined ? undefined : new Secret(value);
  }

  function oneLine(name: string): string | undefined {
    return text(name)?.replace(/(?:\s|\\[rn])+$/, '') || undefined;
  }

  /** Several lines of PEM. */
  function pem(name: string): Secret | undefined {
    const value = text(name);
    return value === undefined ? undefined : new Secret(value);
  }

  function neededSecret(name: string): Secret {
    neededText(name);
    return secret(name) ?? new Secret('');
  }

  function neededGuid(name: string): string {
    const value = neededText(name);
    if (value !== '' && !isGuid(value)) report(`${name} is not a GUID`);
    return value.toLowerCase();
  }

  /** Undefined where it is not set. */
  function guids(name: string): readonly string[] | undefined {
    return text(name) === undefined ? undefined : neededGuids(name);
  }

  function neededGuids(name: string): readonly string[] {
    const values = neededText(name)
      .split(',')
      .map((value) => value.trim().toLowerCase())
      .filter(Boolean);
    if (values.length === 0 && !problems.some((problem) => problem.startsWith(name))) report(`${name} is not set`);
    if (values.some((value) => !isGuid(value))) report(`${name} is not a list of GUIDs, separated by commas`);
    return values;
  }

  /** Keys of 32 bytes in base64, separated by commas. */
  function keys(name: string): readonly Secret[] | undefined {
    const value = oneLine(name);
    if (value === undefined) return undefined;
    const read = readSealingKeys(new Secret(value));
    if (read.kind === 'keys') return read.keys;
    report(`${name} is not 32 bytes in base64`);
    return [];
  }

  function neededKeys(name: string): readonly Secret[] {
    neededText(name);
    return keys(name) ?? [];
  }

  /** One such key. */
  function key(name: string): Secret | undefined {
    const [first, ...more] = keys(name) ?? [];
    if (more.length > 0) report(`${name} is more than one key`);
    return first;
  }

  function neededKey(name: string): Secret {
    neededText(name);
    return key(name) ?? new Secret('');
  }

  /**
   * Reads `DATABASE_URL`; without it, the address of the sandbox's file. It may hold a password, so it is a secret, and no
   * problem repeats it. `private` demands that PostgreSQL on another machine proves by its certificate who it is.
   */
  function databaseUrl(connection: 'any' | 'private' = 'private'): Secret {
    const name = 'DATABASE_URL';
    const value = text(name) ?? 'sqlite:./data/locksmith.db';
    const read = readDatabaseUrl(value);
    if (read.kind === 'malformed') report(`${name} is neither sqlite:PATH nor postgres://…`);
    else if (read.kind === 'postgres' && connection === 'private' && !read.isPrivate) {
      report(
        `${name} would reach PostgreSQL on another machine in plain text, or without checking who answers: write sslmode=verify-full into it (postgres://…/locksmith?sslmode=verify-full), and sslrootcert=FILE where the certificate is of an authority of your own`,
      );
    }
    return new Secret(value);
  }

  /** An address that may hold a key, so it is a secret, and no problem repeats it. */
  function webhookUrl(name: string, scheme: 'https' | 'https-or-loopback'): Secret | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const url = URL.parse(value);
    const isPermitted =
      url?.protocol === 'https:' ||
      (scheme === 'https-or-loopback' && url?.protocol === 'http:' && isLoopback(url.hostname));
    if (!isPermitted) report(`${name} is not an https address`);
    else if (url.username !== '' || url.password !== '') report(`${name} holds a user name or a password`);
    return new Secret(value);
  }

  function neededWebhookUrl(name: string, scheme: 'https' | 'https-or-loopback'): Secret {
    neededText(name);
    return webhookUrl(name, scheme) ?? new Secret('');
  }

  /** The address of a service, without a query and without a slash at its end. */
  function serviceUrl(name: string, scheme: 'https' | 'https-or-loopback'): string | undefined {
    const value = url(name);
    if (value?.startsWith('http:') === true && scheme === 'https') report(`${name} is not an https address`);
    return value;
  }

  function neededServiceUrl(name: string, scheme: 'https' | 'https-or-loopback'): string {
    neededText(name);
    return serviceUrl(name, scheme) ?? '';
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** PowerShell 5 writes files in UTF-16 with a byte order mark. */
function readTextFile(path: string): string {
  const bytes = readFileSync(path);
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
}
