import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Secret } from '../secret.ts';

/** Reads a key of the sandbox from a file; the first time it makes one, readable for the owner alone. */
export function keepKey(path: string, randomBytes: (length: number) => Uint8Array): Secret {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const made = Buffer.from(randomBytes(32)).toString('base64');
    writeFileSync(path, `${made}\n`, { mode: 0o600, flag: 'wx' });
    return new Secret(made);
  } catch (failure) {
    if (!(Error.isError(failure) && 'code' in failure && failure.code === 'EEXIST')) throw failure;
    return new Secret(readFileSync(path, 'utf8').trim());
  }
}
