import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import {
  createRowComparison,
  exportTrail,
  formatRows,
  formatTableFault,
  formatVerification,
  type PrintedHead,
  readHeadsInLine,
  verifyChain,
  writeText,
} from '../../audit/index.ts';
import type { Secret } from '../../base/index.ts';
import { type AuditSettings, type Environment, isDatabaseMissing, readAuditSettings } from '../../config/index.ts';
import { createAuditChain, openTrail, StoreError, type TableFaults, type Trail } from '../../store/index.ts';
import { storeAdvice } from '../../texts/index.ts';
import { printUsage } from '../command-line.ts';
import { createRowCounter, type ProgressOutput } from '../progress.ts';
import { usages } from '../usages.ts';
import { type AuditArguments, readAuditArguments } from './audit-arguments.ts';
import { beginChain } from './begin-chain.ts';
import { listNotes } from './list-notes.ts';

/** What the command is run with, and where it speaks. */
type AuditContext = {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: ProgressOutput;
};

/** Runs `npm run audit`; returns the exit status. It works beside a bot that runs or none; `begin` alone in its place. It writes nothing, except `begin` and a note that is sent again. */
export async function runAudit(run: AuditContext): Promise<number> {
  // Where standard error is closed, only the exit status reports a problem.
  run.errors.on('error', () => undefined);
  const order = readAuditArguments(run.args);
  if (order.kind === 'usage') return printUsage(run.errors, usages.audit, order);
  const read = readAuditSettings(run.environment);
  if (read.kind === 'problems') return refuse(run, `The audit trail is not read. ${read.problems.join('. ')}.`);
  const { settings } = read;
  if (isDatabaseMissing(settings.databaseUrl)) {
    return refuse(run, 'There is no database yet, and so no trail: the first start of the bot makes it.');
  }
  let trail: Trail | undefined;
  try {
    if (order.kind === 'notes') return await listNotes(settings, order.resend, run);
    if (order.kind === 'begin') return await beginChain(settings, order.beginsAfter, run);
    trail = await openTrail(settings.databaseUrl);
    return await runOrder(run, order, trail, settings);
  } catch (failure) {
    if (!(Error.isError(failure) && 'code' in failure)) throw failure;
    const advice = failure instanceof StoreError ? ` ${storeAdvice[failure.code]}` : '';
    return refuse(run, `The audit trail cannot be read. ${failure.message} (${String(failure.code)})${advice}`);
  } finally {
    await trail?.close();
  }
}

async function runOrder(
  run: AuditContext,
  order: Exclude<AuditArguments, { readonly kind: 'usage' | 'begin' | 'notes' }>,
  trail: Trail,
  { auditKey }: AuditSettings,
): Promise<number> {
  if (order.kind === 'verify') {
    return auditKey === undefined
      ? refuse(run, 'AUDIT_KEY is not set, and no sandbox has kept one beside the database: nothing can be checked.')
      : verifyTrail(run, order, trail, auditKey);
  }
  const progress = createRowCounter(run.errors);
  const last = (await trail.lastNumber()) ?? 0;
  const exported = await exportTrail(trail, order.from, run.output, (row) => {
    progress.show(row, last);
  });
  progress.done();
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

function refuse({ errors }: AuditContext, why: string): number {
  errors.write(`${why}\n`);
  return 2;
}

/** Checks the trail against its key and the printed heads, and says how it is. Returns the exit status. */
async function verifyTrail(
  { input, output, errors }: Pick<AuditContext, 'input' | 'output' | 'errors'>,
  { heads, files, beginsAfter, restoredAt }: Extract<AuditArguments, { readonly kind: 'verify' }>,
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
  const faults = formatTableFaults(tables);
  if (!tables.isReadable) return answer(false, [...faults, 'So no record was checked.']);
  const printed = [...heads, ...found.heads];
  const progress = createRowCounter(errors);
  const chain = createAuditChain(key);
  const comparison = createRowComparison(trail, chain);
  const checked = await verifyChain({
    trail,
    chain,
    printed,
    restoredAt,
    observe: comparison.observe,
    progress: (rows, of) => {
      progress.show(rows, of);
    },
  });
  progress.done();
  const said = formatVerification(checked, { printed, beginsAfter });
  const rows = formatRows(await comparison.compare(checked), checked.kind === 'whole');
  return answer(said.isGood && rows.isGood && faults.length === 0, [...faults, ...said.lines, ...rows.lines]);

  async function answer(isGood: boolean, lines: readonly string[]): Promise<number> {
    const written = await writeText(output, `${lines.join('\n')}\n`);
    if (written.kind === 'refused') {
      errors.write(`What was found could not be written (${written.code}).\n`);
      return 2;
    }
    return isGood ? 0 : 1;
  }
}

function formatTableFaults({ faults }: TableFaults): readonly string[] {
  return faults.length === 0
    ? []
    : [`The audit tables are NOT as Locksmith makes them. ${faults.map(formatTableFault).join(' ')}`];
}

/** The heads in logs of the bot, or why there are none. */
type PrintedHeads =
  | {
      readonly kind: 'heads';
      readonly heads: readonly PrintedHead[];
      /** Lines that name a head and could not be read. */
      readonly unread: number;
    }
  | { readonly kind: 'problem'; readonly says: string };

/** Reads the heads that stand in these files; `-` is the standard input. */
async function readPrintedHeads(files: readonly string[], input: Readable): Promise<PrintedHeads> {
  const heads: PrintedHead[] = [];
  let unread = 0;
  for (const file of files) {
    const before = heads.length;
    const unreadBefore = unread;
    try {
      const lines = createInterface({ input: file === '-' ? input : createReadStream(file), crlfDelay: Infinity });
      for await (const line of lines) {
        const found = readHeadsInLine(line);
        for (const head of found.heads) heads.push(head);
        if (found.isUnread) unread += 1;
      }
    } catch {
      return { kind: 'problem', says: `${file} cannot be read.` };
    }
    if (heads.length === before) {
      const says =
        unread === unreadBefore
          ? `There is no audit-head line in ${file}: is it the bot's log?`
          : `None of the ${unread - unreadBefore} lines in ${file} that name audit-head could be read.`;
      return { kind: 'problem', says };
    }
  }
  return { kind: 'heads', heads, unread };
}
