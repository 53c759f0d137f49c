import { parseArgs } from 'node:util';

/** What was asked for on the command line. */
export type ConsentOrder =
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
const usualPort = 8400;

/** Reads the words after `npm run consent --`. None of them is ever repeated: one may be a token. */
export function readConsentArguments(args: readonly string[]): ConsentOrder {
  const values = parse(args);
  if (values === undefined) return usage('There is no such option. A token never stands on the command line.');
  if (values.help === true) return usage(undefined);
  if (values.import === true) {
    return values.port === undefined
      ? { kind: 'import', file: values.file }
      : usage('--port has no meaning with --import.');
  }
  if (values.file !== undefined) return usage('--file has no meaning without --import.');
  const port = Number(values.port ?? usualPort);
  return Number.isInteger(port) && port > 0 && port < 65_536
    ? { kind: 'sign-in', port }
    : usage('--port is not a port from 1 to 65535.');
}

function usage(problem: string | undefined): ConsentOrder {
  return { kind: 'usage', problem };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch {
    return undefined;
  }
}
