import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { type Clock, commandTunables, readErrorCode, type Secret } from '../base/index.ts';
import { type Environment, isDatabaseMissing, readBackupSettings, readDatabaseUrl } from '../config/index.ts';
import {
  backUpSqlite,
  markRestored,
  openDatabase,
  readStoreError,
  requireCurrentSchema,
  StoreError,
  withStoreErrors,
} from '../store/index.ts';
import { storeAdvice } from '../texts/index.ts';
import { needsUsage, printUsage } from './command-line.ts';
import { usages } from './usages.ts';

/** Runs `npm run backup`; returns the exit status. */
export async function runBackup({
  args,
  environment,
  clock,
  output,
  errors,
}: {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly clock: Pick<Clock, 'now'>;
  readonly output: Writable;
  readonly errors: Writable;
}): Promise<number> {
  const [order, ...more] = args;
  if (order === undefined || more.length > 0 || (order.startsWith('-') && order !== '--restored')) {
    return printUsage(errors, usages.backup, needsUsage(undefined));
  }
  const read = readBackupSettings(environment);
  if (read.kind === 'problems') {
    errors.write(`${read.problems.join('. ')}.\n`);
    return 2;
  }
  const { databaseUrl } = read.settings;
  try {
    return order === '--restored' ? await sayRestored(databaseUrl) : copyTo(databaseUrl, order);
  } catch (failure) {
    const error = readStoreError(failure);
    return refuse(
      error instanceof StoreError
        ? `${error.message} (${error.databaseCode ?? error.code}) ${storeAdvice[error.code]}`
        : error.message,
    );
  }

  function copyTo(secret: Secret, to: string): number {
    const url = secret.reveal(readDatabaseUrl);
    if (url.kind !== 'sqlite') {
      return refuse('DATABASE_URL is not a SQLite file. PostgreSQL has means of its own: pg_dump, or a point in time.');
    }
    if (existsSync(to)) return refuse(`${to} is there already. Give another name: nothing is ever written over.`);
    const folder = dirname(to);
    const code = findFolderTrouble(folder);
    if (code !== undefined)
      return refuse(`The folder ${folder} is not there, or this user may not write to it. (${code})`);
    if (isDatabaseMissing(secret)) return refuse('There is no such database yet.');
    // SQLite copies in one call, during which nothing else can be said.
    const { size } = statSync(url.path);
    if (size >= commandTunables.announcedBackupBytes) errors.write(`Copying ${Math.round(size / 2 ** 20)} MiB …\n`);
    backUpSqlite({ from: url.path, to, now: () => clock.now() });
    output.write(`${to} holds everything up to ${new Date(clock.now()).toISOString()}, and is whole.\n`);
    return 0;
  }

  async function sayRestored(secret: Secret): Promise<number> {
    const database = await openDatabase(secret, 'bot', undefined);
    try {
      await withStoreErrors(async () => {
        await requireCurrentSchema(database.db);
        await markRestored(database.db, clock.now());
      });
    } finally {
      await database.close();
    }
    output.write('The database says now that it was restored. What was under way in it is not reset any more.\n');
    return 0;
  }

  function refuse(why: string): number {
    errors.write(`${why}\n`);
    return 1;
  }
}

/** The system's code where nothing can be written into the folder. */
function findFolderTrouble(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (failure) {
    return readErrorCode(failure) ?? 'unexpected';
  }
}
