import { writeText } from '../../audit/export-trail.ts';
import { formatTableFault } from '../../audit/fault-texts.ts';
import { verifyChain } from '../../audit/verify-chain.ts';
import type { Secret } from '../../secret.ts';
import { createAuditChain } from '../../store/audit-log/audit-chain.ts';
import type { Trail } from '../../store/audit-log/open-trail.ts';
import type { TableFaults } from '../../store/audit-log/schema-drift.ts';
import { createProgress } from './create-progress.ts';
import type { AuditOrder } from './read-audit-arguments.ts';
import { readPrintedHeads } from './read-printed-heads.ts';
import type { AuditRun } from './run-audit.ts';
import { sayAnswer } from './say-answer.ts';

/** Checks the trail against its key and the printed heads, and says how it is. Returns the exit status. */
export async function verifyTrail(
  { input, output, errors }: Pick<AuditRun, 'input' | 'output' | 'errors'>,
  { heads, files, beginsAfter, restoredAt }: Extract<AuditOrder, { readonly kind: 'verify' }>,
  trail: Trail,
  key: Secret,
): Promise<number> {
  const found = await readPrintedHeads(files, input);
  if (found.kind === 'problem') {
    errors.write(`${found.says}\n`);
    return 2;
  }
  if (found.unread > 0) {
    const lines = found.unread === 1 ? '1 line that names' : `${found.unread} lines that name`;
    errors.write(`${lines} audit-head could not be read: a head that stands there was not checked.\n`);
  }
  const tables = await trail.tables();
  const faults = sayTables(tables);
  if (!tables.isReadable) return answer(false, [...faults, 'So no record was checked.']);
  const printed = [...heads, ...found.heads];
  const progress = createProgress(errors);
  const checked = await verifyChain({
    trail,
    chain: createAuditChain(key),
    printed,
    restoredAt,
    progress: (rows, of) => {
      progress.show(rows, of);
    },
  });
  progress.done();
  const said = sayAnswer(checked, { printed, beginsAfter });
  return answer(said.isGood && faults.length === 0, [...faults, ...said.lines]);

  async function answer(isGood: boolean, lines: readonly string[]): Promise<number> {
    const written = await writeText(output, `${lines.join('\n')}\n`);
    if (written.kind === 'refused') {
      errors.write(`What was found could not be written (${written.code}).\n`);
      return 2;
    }
    return isGood ? 0 : 1;
  }
}

function sayTables({ faults }: TableFaults): readonly string[] {
  return faults.length === 0
    ? []
    : [`The audit tables are NOT as Locksmith makes them. ${faults.map(formatTableFault).join(' ')}`];
}
