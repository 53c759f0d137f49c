import {
  type ChainResult,
  formatFault,
  formatLostCheckpoints,
  formatRestore,
  formatRowFault,
  type PrintedHead,
  type RowsResult,
} from '../../audit/index.ts';
import { storeTunables } from '../../base/index.ts';

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
  const all = `All ${rows} rows of requests, questions, contacts and freezes`;
  return {
    isGood: true,
    lines: [
      isTrailWhole
        ? `${all} are as Locksmith wrote them last.`
        : `${all} were written by Locksmith; without the trail nobody knows whether one is missing or an older copy.`,
    ],
  };
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
  if (beforeChain === 0) return `The audit trail is whole: ${rows} rows. ${head}`;
  return rows > beforeChain
    ? `The audit trail is whole from row ${beforeChain + 1} to row ${rows}. ${head}`
    : `The audit trail is not chained yet: all of its ${rows} rows are older than the chain.`;
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
  return lost === 0
    ? `It holds all ${given} heads that were given, the latest of row ${latest}.`
    : 'It holds every other head that was given.';
}
