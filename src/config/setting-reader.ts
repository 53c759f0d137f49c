import { isGuid, Secret } from '../base/index.ts';
import { readDatabaseUrl, readSealingKeys } from '../store/index.ts';

export type SettingReader = ReturnType<typeof createSettingReader>;

/** Reads settings one by one and notes every problem in `problems`; what it then returns in place of a value is never used. */
export function createSettingReader(
  environment: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
  problems: string[],
) {
  return {
    text,
    neededText,
    oneOf,
    port,
    optionalPort,
    url,
    secret,
    pem,
    neededSecret,
    neededGuid,
    neededGuids,
    keys,
    neededKeys,
    key,
    neededKey,
    databaseUrl,
    webhookUrl,
  };

  /** A setting that is there but empty counts as not set. */
  function text(name: string): string | undefined {
    const value = environment[name]?.trim() || undefined;
    const path = environment[`${name}_FILE`]?.trim() || undefined;
    if (path === undefined) return value;
    if (value !== undefined) {
      note(`${name} and ${name}_FILE are both set: give one of them`);
      return undefined;
    }
    try {
      return readFile(path).trim() || undefined;
    } catch {
      note(`${name}_FILE names a file that cannot be read`);
      return undefined;
    }
  }

  /** A setting may be read more than once; a problem is said once. */
  function note(problem: string): void {
    if (!problems.includes(problem)) problems.push(problem);
  }

  function neededText(name: string): string {
    const value = text(name);
    if (value === undefined && !problems.some((problem) => problem.startsWith(name))) {
      problems.push(`${name} is not set`);
    }
    return value ?? '';
  }

  function oneOf<Value extends string>(name: string, values: readonly Value[], preset: Value): Value {
    const value = text(name);
    if (value === undefined) return preset;
    const match = values.find((one) => one === value);
    if (match === undefined) problems.push(`${name} is none of ${values.join(', ')}`);
    return match ?? preset;
  }

  function port(name: string, preset: number): number {
    return optionalPort(name) ?? preset;
  }

  function optionalPort(name: string): number | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (/^\d{1,5}$/.test(value) && number < 65_536) return number;
    problems.push(`${name} is not a port from 0 to 65535`);
    return undefined;
  }

  function url(name: string): string | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const wellFormed = /^https?:\/\/[^/?#@]+(?:\/[^?#]*)?$/.test(value) && URL.canParse(value);
    if (!wellFormed) problems.push(`${name} is not an http or https address`);
    else if (value.startsWith('http:') && !isLoopback(new URL(value).hostname)) {
      problems.push(`${name} is plain http to another machine: give an https address`);
    }
    return value.replace(/\/+$/, '');
  }

  /** One line. */
  function secret(name: string): Secret | undefined {
    const value = text(name);
    if (value !== undefined && /\p{Cc}/u.test(value)) note(`${name} holds a line break or another control character`);
    return value === undefined ? undefined : new Secret(value);
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
    if (value !== '' && !isGuid(value)) problems.push(`${name} is not a GUID`);
    return value.toLowerCase();
  }

  function neededGuids(name: string): readonly string[] {
    const values = neededText(name)
      .split(',')
      .map((value) => value.trim().toLowerCase())
      .filter(Boolean);
    if (values.length === 0 && !problems.some((problem) => problem.startsWith(name)))
      problems.push(`${name} is not set`);
    if (values.some((value) => !isGuid(value))) problems.push(`${name} is not a list of GUIDs, separated by commas`);
    return values;
  }

  /** Keys of 32 bytes in base64, separated by commas. */
  function keys(name: string): readonly Secret[] | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const read = readSealingKeys(new Secret(value));
    if (read.kind === 'keys') return read.keys;
    problems.push(`${name} is not 32 bytes in base64`);
    return [];
  }

  function neededKeys(name: string): readonly Secret[] {
    neededText(name);
    return keys(name) ?? [];
  }

  /** One such key. */
  function key(name: string): Secret | undefined {
    const [first, ...more] = keys(name) ?? [];
    if (more.length > 0) problems.push(`${name} is more than one key`);
    return first;
  }

  function neededKey(name: string): Secret {
    neededText(name);
    return key(name) ?? new Secret('');
  }

  /** It may hold a password, so it is a secret; what is wrong with it is said without repeating it. */
  function databaseUrl(name: string, preset: string, over: 'any' | 'private' = 'private'): Secret {
    const value = text(name) ?? preset;
    const read = readDatabaseUrl(value);
    if (read.kind === 'malformed') problems.push(`${name} is neither sqlite:PATH nor postgres://…`);
    else if (read.kind === 'postgres' && over === 'private' && !read.isPrivate) {
      problems.push(
        `${name} would reach PostgreSQL on another machine in plain text, or without checking who answers: write sslmode=verify-full into it (postgres://…/locksmith?sslmode=verify-full), and sslrootcert=FILE where the certificate is of an authority of your own`,
      );
    }
    return new Secret(value);
  }

  /** An address that may hold a key, so it is a secret; what is wrong with it is said without repeating it. */
  function webhookUrl(name: string, over: 'https' | 'https-or-loopback'): Secret | undefined {
    const value = text(name);
    if (value === undefined) return undefined;
    const url = URL.parse(value);
    const isPermitted =
      url?.protocol === 'https:' ||
      (over === 'https-or-loopback' && url?.protocol === 'http:' && isLoopback(url.hostname));
    if (!isPermitted) problems.push(`${name} is not an https address`);
    else if (url.username !== '' || url.password !== '') problems.push(`${name} holds a user name or a password`);
    return new Secret(value);
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
