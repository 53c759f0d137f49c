import { parseHead } from '../../audit/index.ts';
import type { AuditHead } from '../../store/index.ts';
import { needsUsage, parseOptions, type UsageNeeded } from '../command-line.ts';

/** What was asked for on the command line. */
export type AuditArguments =
  | {
      readonly kind: 'verify';
      readonly heads: readonly AuditHead[];
      readonly files: readonly string[];
      /** The last row that the operator knows to be older than the chain; undefined where none was given. */
      readonly beginsAfter: number | undefined;
      /** Rows at which the trail is known to have been restored. */
      readonly restoredAt: readonly number[];
    }
  | { readonly kind: 'export'; readonly from: number }
  /** `resend`: the ticket or reference whose notes are sent again, or `all`; undefined: they are shown. */
  | { readonly kind: 'notes'; readonly resend: string | undefined }
  /** `beginsAfter`: how many records the operator says that the trail has; undefined asks how many there are. */
  | { readonly kind: 'begin'; readonly beginsAfter: number | undefined }
  | UsageNeeded;

const options = {
  head: { type: 'string', multiple: true },
  heads: { type: 'string', multiple: true },
  'chain-begins-after': { type: 'string' },
  'restored-at': { type: 'string', multiple: true },
  from: { type: 'string' },
  resend: { type: 'string' },
} as const;

const recordNumberPattern = /^[1-9]\d{0,14}$/;

/** Reads the words after `npm run audit --`. */
export function readAuditArguments(args: readonly string[]): AuditArguments {
  const read = parseOptions({ args: [...args], options, allowPositionals: true, strict: true });
  if (read === undefined) return needsUsage('There is no such option, or its value is missing.');
  const { values, positionals } = read;
  const [command, ...more] = positionals;
  if (command === undefined) return needsUsage(undefined);
  if (more.length > 0) return needsUsage(`${more.join(' ')} is one word too many.`);
  const { from, resend, ...ofVerify } = values;
  const areOfVerify = Object.keys(ofVerify).length > 0;
  if (command === 'verify' && from === undefined && resend === undefined) return readVerify(ofVerify);
  if (command === 'export' && resend === undefined && !areOfVerify) return readExport(from ?? '1');
  if (command === 'notes' && from === undefined && !areOfVerify) return { kind: 'notes', resend: resend?.trim() };
  if (command === 'begin') return readBegin(values);
  return needsUsage(
    command === 'verify' || command === 'export' || command === 'notes'
      ? `${command} has no such option.`
      : 'The command is neither verify, export, notes nor begin.',
  );
}

function readVerify(values: {
  readonly head?: readonly string[];
  readonly heads?: readonly string[];
  readonly 'chain-begins-after'?: string;
  readonly 'restored-at'?: readonly string[];
}): AuditArguments {
  const heads: AuditHead[] = [];
  for (const text of values.head ?? []) {
    const head = parseHead(text);
    if (head === undefined) return needsUsage('--head is not NUMBER:HASH, the hash being 64 hexadecimal digits.');
    heads.push(head);
  }
  const begins = readBeginsAfter(values['chain-begins-after']);
  if (begins.kind === 'usage') return begins;
  const restoredAt = values['restored-at'] ?? [];
  if (!restoredAt.every((row) => recordNumberPattern.test(row)))
    return needsUsage('--restored-at is not a number of a record.');
  return {
    kind: 'verify',
    heads,
    files: values.heads ?? [],
    beginsAfter: begins.beginsAfter,
    restoredAt: restoredAt.map(Number),
  };
}

function readBegin({
  'chain-begins-after': begins,
  ...others
}: {
  readonly 'chain-begins-after'?: string;
  readonly [option: string]: unknown;
}): AuditArguments {
  if (Object.keys(others).length > 0) return needsUsage('begin has no such option.');
  return readBeginsAfter(begins);
}

function readBeginsAfter(
  begins: string | undefined,
): Exclude<AuditArguments, { readonly kind: 'verify' | 'export' | 'notes' }> {
  if (begins === undefined) return { kind: 'begin', beginsAfter: undefined };
  return begins === '0' || recordNumberPattern.test(begins)
    ? { kind: 'begin', beginsAfter: Number(begins) }
    : needsUsage('--chain-begins-after is not a number of a record, or 0.');
}

function readExport(from: string): AuditArguments {
  return recordNumberPattern.test(from)
    ? { kind: 'export', from: Number(from) }
    : needsUsage('--from is not a number of a record; the first one is 1.');
}
