import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Secret } from '../../secret.ts';

const longest = 64 * 1024;

/** Reads a refresh token, one word, from a file or a stream; undefined where there is none, or it is none. */
export async function readRefreshToken(file: string | undefined, input: Readable): Promise<Secret | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of file === undefined ? input : createReadStream(file)) {
      const bytes = Buffer.from(part);
      length += bytes.length;
      if (length > longest) return undefined;
      parts.push(bytes);
    }
  } catch {
    return undefined;
  }
  const text = Buffer.concat(parts).toString('utf8').trim();
  return /^[\x21-\x7e]+$/.test(text) ? new Secret(text) : undefined;
}
