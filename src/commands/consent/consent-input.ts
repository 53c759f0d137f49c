import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { Secret } from '../../base/index.ts';

/** What was asked for on the command line. */
export type ConsentArguments =
  | { readonly kind: 'sign-in'; readonly port: number }
  /** `file` undefined: the standard input. */
  | { readonly kind: 'import'; readonly file: string | undefined }
  | { readonly kind: 'usage'; readonly problem: string | undefined };

const options = {
  port: { type: 'string' },
  import: { type: 'boolean' },
  file: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Where Entra sends the browser back to, unless said otherwise; the application has to know this address. */
const defaultRedirectPort = 8400;

/** Reads the words after `npm run consent --`. None of them is ever repeated: one may be a token. */
export function readConsentArguments(args: readonly string[]): ConsentArguments {
  const values = parseOptions(args);
  if (values === undefined) return usage('There is no such option. A token never stands on the command line.');
  if (values.help === true) return usage(undefined);
  if (values.import === true) {
    return values.port === undefined
      ? { kind: 'import', file: values.file }
      : usage('--port has no meaning with --import.');
  }
  if (values.file !== undefined) return usage('--file has no meaning without --import.');
  const port = Number(values.port ?? defaultRedirectPort);
  return Number.isInteger(port) && port > 0 && port < 65_536
    ? { kind: 'sign-in', port }
    : usage('--port is not a port from 1 to 65535.');
}

function usage(problem: string | undefined): ConsentArguments {
  return { kind: 'usage', problem };
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch {
    return undefined;
  }
}

const maxTokenBytes = 64 * 1024;

/** Reads a refresh token, one word, from a file or a stream; undefined where there is none, or it is none. */
export async function readRefreshToken(file: string | undefined, input: Readable): Promise<Secret | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of file === undefined ? input : createReadStream(file)) {
      const bytes = Buffer.from(part);
      length += bytes.length;
      if (length > maxTokenBytes) return undefined;
      parts.push(bytes);
    }
  } catch {
    return undefined;
  }
  const text = Buffer.concat(parts).toString('utf8').trim();
  return /^[\x21-\x7e]+$/.test(text) ? new Secret(text) : undefined;
}
