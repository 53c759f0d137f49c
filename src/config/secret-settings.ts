import { Secret } from '../base/index.ts';
import { readSealingKeys } from './keys.ts';
import type { TextReader } from './text-reader.ts';

/** Reads settings that are secrets: passwords, PEM, and keys in base64. No problem repeats what was given. */
export function createSecretReader({ text, neededText, report }: TextReader) {
  return { secret, pem, neededSecret, keys, neededKeys, key, neededKey };

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
}
