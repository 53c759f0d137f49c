import { storeTunables } from '../base/index.ts';
import type { TableFault } from '../store/index.ts';
import type { Restore } from './compare-printed-heads.ts';
import type { RowFault, RowsResult } from './compare-rows.ts';
import type { PrintedHead } from './printed-heads.ts';
import type { TrailFault } from './trail-fault.ts';
import type { ChainResult } from './verify-chain.ts';

/** What a check found, and what to say of it. */
type VerificationReport = { readonly isGood: boolean; readonly lines: readonly string[] };

/** Formats what the comparison of the rows with the trail found. */
export function formatRows({ rows, faults }: RowsResult, isTrailWhole: boolean): VerificationReport {
  if (faults.length > 0) {
    const named = faults.slice(0, storeTunables.maxNamedRows).map(formatRowFault);
    const more = faults.length - named.length;
    return {
      isGood: false,
      lines: [
        'The rows are NOT as Locksmith wrote them last.',
        ...named,
        ...(more > 0 ? [`So it is with ${more} more.`] : []),
      ],
    };
  }
  if (rows === 0) return { isGood: true, lines: [] };
  const of = 'of requests, questions, contacts and freezes';
  const asWritten =
    rows === 1
      ? `The one row ${of} is as Locksmith wrote it last.`
      : `All ${rows} rows ${of} are as Locksmith wrote them last.`;
  const written = rows === 1 ? `The one row ${of} was` : `All ${rows} rows ${of} were`;
  const line = isTrailWhole
    ? asWritten
    : `${written} written by Locksmith; without the trail no one knows whether one is missing or an older copy.`;
  return { isGood: true, lines: [line] };
}

/** Formats what the check of a trail against these heads found. `beginsAfter` is where the operator says that its chain begins. */
export function formatVerification(
  answer: ChainResult,
  { printed, beginsAfter }: { readonly printed: readonly PrintedHead[]; readonly beginsAfter: number | undefined },
): VerificationReport {
  if (answer.kind === 'broken') {
    const good = answer.checked > 0 ? [`Rows 1 to ${answer.checked} are as they were written.`] : [];
    return {
      isGood: false,
      lines: [`The audit trail is NOT as it was written. ${formatFault(answer.fault)}`, ...good],
    };
  }
  const { rows, head, restores, lost } = answer;
  const beginning = formatBeginning(answer, beginsAfter);
  const latest = printed.reduce((most, { number }) => Math.max(most, number), 0);
  const lines = [
    ...(rows === 0
      ? ['The audit trail is empty.']
      : [formatWhole(answer.beforeChain, rows, `Head: ${head.number}:${head.hash}`)]),
    ...beginning.lines,
    ...restores.map(formatRestore),
    ...(lost.length > 0 ? [formatLostCheckpoints(lost.map(({ number }) => number))] : []),
    formatHeads(printed.length, lost.length, latest),
  ];
  return { isGood: beginning.isGood, lines };
}

function formatWhole(beforeChain: number, rows: number, head: string): string {
  if (beforeChain === 0) return `The audit trail is whole: ${rows === 1 ? '1 row' : `${rows} rows`}. ${head}`;
  return rows > beforeChain
    ? `The audit trail is whole from row ${beforeChain + 1} to row ${rows}. ${head}`
    : `The audit trail is not chained yet: ${rows === 1 ? 'its only row is' : `all of its ${rows} rows are`} older than the chain.`;
}

/** A writer of the database could enlarge the unprotected part, so the operator has to confirm where the chain begins. */
function formatBeginning(
  { beforeChain }: ChainResult & { readonly kind: 'whole' },
  told: number | undefined,
): VerificationReport {
  const rows = beforeChain === 1 ? 'Row 1 was' : `Rows 1 to ${beforeChain} were`;
  const unprotected = `${rows} written before the trail was chained: nothing protects what is there.`;
  if (told === beforeChain) return { isGood: true, lines: beforeChain === 0 ? [] : [unprotected] };
  if (told !== undefined) {
    const begins = beforeChain === 0 ? 'with row 1' : `after row ${beforeChain}`;
    return { isGood: false, lines: [`The chain begins ${begins}, NOT after row ${told}.`] };
  }
  if (beforeChain === 0) return { isGood: true, lines: [] };
  const todo = `If that is where your chain begins, say so: --chain-begins-after ${beforeChain}`;
  return { isGood: false, lines: [`${unprotected} ${todo}`] };
}

function formatHeads(given: number, lost: number, latest: number): string {
  if (given === 0) {
    return 'It was checked against the key and against itself. To check that its end was not cut off too, give the heads that the bot prints into its log: npm run audit -- verify --heads LOG (docs/operations.md).';
  }
  if (lost > 0) return given === lost ? 'No other head was given.' : 'It holds every other head that was given.';
  return given === 1
    ? `It holds the head that was given, of row ${latest}.`
    : `It holds all ${given} heads that were given, the latest of row ${latest}.`;
}

/** Says in a sentence or two what is wrong with a trail, and where. */
export function formatFault(fault: TrailFault): string {
  const row = String(fault.row);
  switch (fault.kind) {
    case 'altered':
      return {
        content: `Row ${row} was altered: it does not hold what was written.`,
        hash: `Row ${row} was altered: it holds another hash than was written.`,
        number: `Row ${row} was altered: it has another number than was written.`,
      }[fault.what];
    case 'missing':
      return (
        (fault.last > fault.row ? `Rows ${row} to ${fault.last} are missing` : `Row ${row} is missing`) +
        (fault.closedUp ? ': the rows after it were given its number and the following ones.' : '.')
      );
    case 'inserted':
      return `A row was inserted that was never written: it stands as ${formatForeignName(fault.standsAs)}, where row ${row} belongs.`;
    case 'doubled':
      return `A row was inserted that was never written: it stands as ${row}, beside the row of that number.`;
    case 'reordered':
      return `The rows are not in their order: row ${row} was found as ${formatForeignName(fault.foundAs)}.`;
    case 'cut-off': {
      const by = fault.by === 'head' ? 'the database itself knows of row' : 'the log knows of row';
      return `The trail is cut off: row ${row} and those after it are missing; ${by} ${fault.known}.`;
    }
    case 'head-altered':
      return `The head of the trail was altered: it is not that of row ${row}, the last one it could be.`;
    case 'rewritten':
      return (
        `Row ${row} is not the row whose head was printed: somewhere from row ${fault.since + 1} to ${row} the trail was ` +
        'written anew, by the bot after a restore or by somebody who has the key.'
      );
    case 'restored':
      return `${formatRestore(fault)} ${formatLostCheckpoints(fault.heads)} If that restore was yours, say so: --restored-at ${row}.`;
    case 'not-restored':
      return `Row ${row} does not say that the trail was restored there.`;
    case 'check-altered':
      return 'The key is the right one, but what the database kept of it, and of where the chain begins, was altered or removed.';
    case 'wrong-key':
      return `No row fits AUDIT_KEY. ${formatKeyAdvice(fault.printed)}`;
  }
}

function formatKeyAdvice(printed: 'none-given' | 'found' | 'not-found'): string {
  switch (printed) {
    case 'none-given':
      return 'Either it is not the key of this trail, or the whole trail was written anew with another one: a head that was printed to the log tells which.';
    case 'found':
      return 'The trail holds the last head that was printed, so it is the key that is another one.';
    case 'not-found':
      return 'The trail does not hold the last head that was printed either: it is another trail, or was written anew with another key.';
  }
}

/** Says in a sentence what is not as Locksmith makes it in a table of the trail. */
export function formatTableFault(fault: TableFault): string {
  const { table } = fault;
  switch (fault.kind) {
    case 'table-missing':
      return `The table ${table} is not there.`;
    case 'no-table':
      return `${table} is not a table any more, but something that shows what it likes, such as a view.`;
    case 'column-missing':
      return `The table ${table} has no column ${fault.column}.`;
    case 'column-type':
      return `The column ${fault.column} of ${table} is of the type "${formatForeignName(fault.type)}" instead of ${fault.made}.`;
    case 'key-missing':
      return `The table ${table} has not its primary key any more, so rows may be there twice.`;
    case 'guard-missing':
      return `The trigger ${fault.guard} is gone, which guards ${table}.`;
    case 'guard-off':
      return `The trigger ${fault.guard} is switched off, which guards ${table}.`;
    case 'guard-altered':
      return `The trigger ${fault.guard} is another one than Locksmith made to guard ${table}.`;
    case 'foreign-hook':
      return fault.what === 'row security'
        ? `Row security was put on ${table}: it can hide rows.`
        : `There is a ${fault.what} on ${table} that Locksmith did not make: ${formatForeignName(fault.name)}.`;
  }
}

/** Says in a sentence what is wrong with a row that decides something. */
function formatRowFault(fault: RowFault): string {
  if (fault.kind === 'freezes') return 'The freezes in force are not those that the last record of the trail says.';
  const row = formatForeignName(fault.row);
  switch (fault.kind) {
    case 'added':
      return `${row} was added: no record of the trail says that it is there.`;
    case 'unsigned':
      return `${row} has no MAC: it was put there past Locksmith, or was not taken over at the upgrade.`;
    case 'changed':
      return `${row} was changed: it does not hold what was written.`;
    case 'rolled-back':
      return `${row} was rolled back to an older copy, or its newest records were cut off.`;
    case 'removed':
      return `${row} was removed.`;
  }
}

/** Says of which rows printed heads are, that belong to a time which was lost. */
function formatLostCheckpoints(rows: readonly number[]): string {
  const first = rows.reduce((least, row) => Math.min(least, row), Number.POSITIVE_INFINITY);
  const last = rows.reduce((most, row) => Math.max(most, row), 0);
  return rows.length === 1
    ? `The printed head of row ${first} is of the time that was lost.`
    : `${rows.length} printed heads, of rows ${first} to ${last}, are of the time that was lost.`;
}

/** Says where a trail was restored, and from when the backup was. */
function formatRestore({ row, at, from }: Restore): string {
  const backup = from === undefined ? 'a backup' : `a backup of ${formatInstant(from)}`;
  return `The trail was restored from ${backup} and goes on with row ${row}, written ${formatInstant(at)}.`;
}

/** What stands in a record need not be an instant. */
function formatInstant(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'at no time there is' : date.toISOString();
}

/** What stands in a database may be anything, and is shown on a terminal. */
function formatForeignName(name: string): string {
  const plain = name.replaceAll(/[^ -~]/g, '?');
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}
