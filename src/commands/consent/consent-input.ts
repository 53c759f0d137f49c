import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { commandTunables, isGuid, Secret } from '../../base/index.ts';
import { needsUsage, parseOptions, type UsageNeeded } from '../command-line.ts';

/** What was asked for on the command line. */
export type ConsentArguments =
  | { readonly kind: 'sign-in'; readonly port: number }
  /** `file` undefined: the standard input. */
  | { readonly kind: 'import'; readonly file: string | undefined }
  /** A name, a domain, a tenant id, or `all`. */
  | { readonly kind: 'customer'; readonly customer: string }
  /** The tenant id of the customer whose protection by Microsoft Graph ends. */
  | { readonly kind: 'forget'; readonly tenantId: string }
  | UsageNeeded;

const options = {
  port: { type: 'string' },
  import: { type: 'boolean' },
  file: { type: 'string' },
  customer: { type: 'string' },
  forget: { type: 'boolean' },
} as const;

/** Reads the words after `npm run consent --`. None of them is ever repeated: one may be a token. */
export function readConsentArguments(args: readonly string[]): ConsentArguments {
  const values = parseOptions({ args: [...args], options, strict: true })?.values;
  if (values === undefined) return needsUsage('There is no such option. A token never stands on the command line.');
  if (values.customer !== undefined) {
    const isAlone = values.import !== true && values.port === undefined && values.file === undefined;
    const customer = values.customer.trim();
    if (values.forget === true) {
      return isAlone && isGuid(customer)
        ? { kind: 'forget', tenantId: customer.toLowerCase() }
        : needsUsage('--forget needs --customer with the tenant id of one customer, and nothing else.');
    }
    return isAlone && customer !== ''
      ? { kind: 'customer', customer }
      : needsUsage('--customer stands alone, and names a customer or all.');
  }
  if (values.forget === true) return needsUsage('--forget needs --customer with the tenant id of one customer.');
  if (values.import === true) {
    return values.port === undefined
      ? { kind: 'import', file: values.file }
      : needsUsage('--port has no meaning with --import.');
  }
  if (values.file !== undefined) return needsUsage('--file has no meaning without --import.');
  const port = Number(values.port ?? commandTunables.consentRedirectPort);
  return Number.isInteger(port) && port > 0 && port < 65_536
    ? { kind: 'sign-in', port }
    : needsUsage('--port is not a port from 1 to 65535.');
}

/** Reads a refresh token, one word, from a file or a stream; undefined where there is none, or it is none. */
export async function readRefreshToken(file: string | undefined, input: Readable): Promise<Secret | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of file === undefined ? input : createReadStream(file)) {
      const bytes = Buffer.from(part);
      length += bytes.length;
      if (length > commandTunables.maxRefreshTokenBytes) return undefined;
      parts.push(bytes);
    }
  } catch {
    return undefined;
  }
  const text = Buffer.concat(parts).toString('utf8').trim();
  return /^[\x21-\x7e]+$/.test(text) ? new Secret(text) : undefined;
}
