import { parseArgs } from 'node:util';
import { readHead } from '../../audit/read-head.ts';
import type { AuditHead } from '../../store/audit-head.ts';

/** What was asked for on the command line. */
export type AuditOrder =
  | { readonly kind: 'verify'; readonly heads: readonly AuditHead[]; readonly files: readonly string[] }
  | { readonly kind: 'export'; readonly from: number }
  /** Nothing, or nothing that is understood: `problem` says what. */
  | { readonly kind: 'usage'; readonly problem: string | undefined };

const options = {
  head: { type: 'string', multiple: true },
  heads: { type: 'string', multiple: true },
  from: { type: 'string' },
} as const;

/** Reads the words after `npm run audit --`. */
export function readAuditArguments(args: readonly string[]): AuditOrder {
  const read = parse(args);
  if (read === undefined) return usage('There is no such option, or its value is missing.');
  const { values, positionals } = read;
  const [command, ...more] = positionals;
  if (command === undefined) return usage(undefined);
  if (more.length > 0) return usage(`${more.join(' ')} is one word too many.`);
  if (command === 'verify' && values.from === undefined) return readVerify(values.head ?? [], values.heads ?? []);
  if (command === 'export' && values.head === undefined && values.heads === undefined) {
    return readExport(values.from ?? '1');
  }
  return usage(
    command === 'verify' || command === 'export'
      ? `${command} has no such option.`
      : 'The command is neither verify nor export.',
  );
}

function readVerify(written: readonly string[], files: readonly string[]): AuditOrder {
  const heads: AuditHead[] = [];
  for (const text of written) {
    const head = readHead(text);
    if (head === undefined) return usage('--head is not NUMBER:HASH, the hash being 64 hexadecimal digits.');
    heads.push(head);
  }
  return { kind: 'verify', heads, files };
}

function readExport(from: string): AuditOrder {
  return /^[1-9]\d{0,14}$/.test(from)
    ? { kind: 'export', from: Number(from) }
    : usage('--from is not a number of a record; the first one is 1.');
}

function usage(problem: string | undefined): AuditOrder {
  return { kind: 'usage', problem };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch {
    return undefined;
  }
}
