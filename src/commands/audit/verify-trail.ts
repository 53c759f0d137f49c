import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { checkChain, type ChainAnswer } from '../../audit/check-chain.ts';
import { readHead } from '../../audit/read-head.ts';
import { sayFault } from '../../audit/say-fault.ts';
import type { Secret } from '../../secret.ts';
import type { AuditHead } from '../../store/audit-head.ts';
import { createAuditChain } from '../../store/create-audit-chain.ts';
import type { Trail } from '../../store/open-trail.ts';
import type { AuditOrder } from './read-audit-arguments.ts';
import { createProgress } from './create-progress.ts';
import type { AuditRun } from './run-audit.ts';

/** Checks the trail against its key and the printed heads, and says how it is. Returns the exit status. */
export async function verifyTrail(
  { input, output, errors }: Pick<AuditRun, 'input' | 'output' | 'errors'>,
  { heads, files }: Extract<AuditOrder, { readonly kind: 'verify' }>,
  trail: Trail,
  key: Secret,
): Promise<number> {
  const printed = [...heads];
  for (const file of files) {
    const found = await readHeads(file === '-' ? input : createReadStream(file)).catch(() => undefined);
    if (found === undefined || found.length === 0) {
      errors.write(
        found ? `There is no audit-head line in ${file}: is it the bot's log?\n` : `${file} cannot be read.\n`,
      );
      return 2;
    }
    printed.push(...found);
  }
  const progress = createProgress(errors);
  const answer = await checkChain({
    trail,
    chain: createAuditChain(key),
    printed,
    progress: (checked, of) => {
      progress.show(checked, of);
    },
  });
  progress.done();
  output.write(`${say(answer, printed)}\n`);
  return answer.kind === 'whole' ? 0 : 1;
}

async function readHeads(lines: NodeJS.ReadableStream): Promise<readonly AuditHead[]> {
  const heads: AuditHead[] = [];
  for await (const line of createInterface({ input: lines, crlfDelay: Infinity })) {
    const head = readHead(line);
    if (head !== undefined) heads.push(head);
  }
  return heads;
}

function say(answer: ChainAnswer, printed: readonly AuditHead[]): string {
  if (answer.kind === 'broken') {
    const good = answer.checked > 0 ? `\nRows 1 to ${answer.checked} are as they were written.` : '';
    return `The audit trail is NOT as it was written. ${sayFault(answer.fault)}${good}`;
  }
  const { rows, beforeChain, head } = answer;
  const latest = printed.reduce((most, { number }) => Math.max(most, number), 0);
  const lines = [
    rows === 0
      ? 'The audit trail is empty.'
      : `The audit trail is whole: ${rows} rows. Head: ${head.number}:${head.hash}`,
    ...(beforeChain > 0 ? [`Rows 1 to ${beforeChain} were written before it was chained: nothing protects them.`] : []),
    printed.length > 0
      ? `It holds all ${printed.length} heads that were given, the latest of row ${latest}.`
      : 'No printed head was given: rows cut off from the end, together with the head that the database keeps, would not show.',
  ];
  return lines.join('\n');
}
