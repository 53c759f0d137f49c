import type { Readable, Writable } from 'node:stream';
import { exportTrail } from '../../audit/export-trail.ts';
import type { Environment } from '../../config.ts';
import { type AuditSettings, readAuditSettings } from '../../config/read-audit-settings.ts';
import { openTrail, type Trail } from '../../store/audit-log/open-trail.ts';
import { type AuditOrder, readAuditArguments } from './read-audit-arguments.ts';
import { verifyTrail } from './verify-trail.ts';

/** What the command is run with, and where it speaks. */
export type AuditRun = {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable & { readonly isTTY?: boolean };
};

const usage = `Usage: npm run audit -- verify [--head NUMBER:HASH]... [--heads FILE]...
                             [--chain-begins-after NUMBER] [--restored-at NUMBER]...
       npm run audit -- export [--from NUMBER]

verify   checks every record of the audit trail and names the first that is not as it was written.
         --head, --heads: heads that the bot printed; FILE is its log, - the standard input.
         --chain-begins-after: you know that the rows up to this one are older than the chain, and unprotected.
         --restored-at: you know that the trail was restored at this row; heads of the time that was lost are no fault.
         Status 0: all is well. 1: it is not. 2: it could not be checked.
export   writes the records as lines of JSON, from that number on.

Both read DATABASE_URL, and verify AUDIT_KEY; without them it is the sandbox's trail.
`;

/** Runs `npm run audit`; returns the exit status. It reads the trail only, beside a bot that runs or none. */
export async function runAudit(run: AuditRun): Promise<number> {
  // Where nobody reads what goes wrong, there is nobody left to tell; the status still tells.
  run.errors.on('error', () => undefined);
  const order = readAuditArguments(run.args);
  if (order.kind === 'usage') {
    run.errors.write(order.problem === undefined ? usage : `${order.problem}\n\n${usage}`);
    return 2;
  }
  const settings = readAuditSettings(run.environment);
  if (settings.kind === 'problems') {
    return refuse(run, `The audit trail is not read. ${settings.problems.join('. ')}.`);
  }
  let trail: Trail | undefined;
  try {
    trail = await openTrail(settings.databaseUrl);
    return await obey(run, order, trail, settings);
  } catch (failure) {
    if (!(Error.isError(failure) && 'code' in failure)) throw failure;
    return refuse(run, `The audit trail cannot be read. ${failure.message} (${String(failure.code)})`);
  } finally {
    await trail?.close();
  }
}

async function obey(
  run: AuditRun,
  order: Exclude<AuditOrder, { readonly kind: 'usage' }>,
  trail: Trail,
  { auditKey }: AuditSettings & { readonly kind: 'settings' },
): Promise<number> {
  if (order.kind === 'verify') {
    return auditKey === undefined
      ? refuse(run, 'AUDIT_KEY is not set, and no sandbox has kept one beside the database: nothing can be checked.')
      : verifyTrail(run, order, trail, auditKey);
  }
  const exported = await exportTrail(trail, order.from, run.output);
  switch (exported.kind) {
    case 'done':
      run.errors.write(`Records written: ${exported.lines}. Next time: --from ${exported.next}\n`);
      return 0;
    case 'closed':
      return 0;
    case 'refused':
      run.errors.write(`The records could not be written (${exported.code}).\n`);
      return 1;
    case 'beyond':
      run.errors.write(
        `There is no row ${order.from - 1} to go on from: ${exported.last === 0 ? 'the trail is empty' : `the last row is ${exported.last}`}. It was cut off or restored: run npm run audit -- verify with the heads in the log.\n`,
      );
      return 1;
    case 'unreadable':
      run.errors.write(`Row ${exported.row} is not there or cannot be read: run npm run audit -- verify.\n`);
      return 1;
  }
}

function refuse({ errors }: AuditRun, why: string): number {
  errors.write(`${why}\n`);
  return 2;
}
