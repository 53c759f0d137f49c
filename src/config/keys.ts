import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readErrorCode, Secret } from '../base/index.ts';
import { findFileBesideDatabase } from './database-url.ts';

/** `malformed` holds the positions of the keys that are none, from 1. It repeats no key. */
type SealingKeys =
  | { readonly kind: 'keys'; readonly keys: readonly Secret[] }
  | { readonly kind: 'malformed'; readonly numbers: readonly number[] };

/** Reads `SEALING_KEY`: keys of 32 bytes in base64, comma-separated, the sealing one first. */
export function readSealingKeys(text: Secret): SealingKeys {
  const parts = text.reveal((value) => value.split(',').map((part) => new Secret(part.trim())));
  const numbers = parts.flatMap((part, index) => (part.reveal(isKey) ? [] : [index + 1]));
  return numbers.length === 0 ? { kind: 'keys', keys: parts } : { kind: 'malformed', numbers };
}

/** Buffer ignores every character that is not base64, so the decoded key has to encode to the same text. */
function isKey(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
}

/** Whether two keys are the same bytes, however they end in base64. */
export function isSameKey(one: Secret, other: Secret): boolean {
  const bytes = (key: Secret): Buffer => key.reveal((text) => Buffer.from(text, 'base64'));
  return bytes(one).length > 0 && bytes(one).equals(bytes(other));
}

type SandboxKeyFile = 'sealing.key' | 'audit.key';

/** Reads a key of the sandbox from its file beside the database; the first call makes one, readable for the owner alone. */
export function readOrCreateSandboxKey(
  databaseUrl: Secret,
  file: SandboxKeyFile,
  randomBytes: (length: number) => Uint8Array,
): Secret {
  const path = findFileBesideDatabase(databaseUrl, file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const made = Buffer.from(randomBytes(32)).toString('base64');
    writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx' });
    return new Secret(made);
  } catch (failure) {
    if (readErrorCode(failure) !== 'EEXIST') throw failure;
    return new Secret(readFileSync(path, 'utf8').trim());
  }
}

/** Reads such a key; undefined where there is none, or where the file holds something else. */
export function readSandboxKey(databaseUrl: Secret, file: SandboxKeyFile): Secret | undefined {
  try {
    const kept = readSealingKeys(new Secret(readFileSync(findFileBesideDatabase(databaseUrl, file), 'utf8').trim()));
    return kept.kind === 'keys' ? kept.keys[0] : undefined;
  } catch {
    return undefined;
  }
}
