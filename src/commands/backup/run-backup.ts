import { existsSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Clock, Secret } from '../../base/index.ts';
import { type Environment, readBackupSettings, readDatabaseUrl } from '../../config/index.ts';
import {
  backUpSqlite,
  markRestored,
  openDatabase,
  readStoreError,
  requireCurrentSchema,
  StoreError,
  withStoreErrors,
} from '../../store/index.ts';

const usage = `Usage: npm run backup -- FILE
       npm run backup -- --restored

FILE        copies the SQLite database that DATABASE_URL names into a new file, while the bot runs. The keys are not in
            it: keep SEALING_KEY and AUDIT_KEY elsewhere.
--restored  says of the database that DATABASE_URL names that it was restored by other means (a copy of the files, a
            snapshot of a disk, a point in time of PostgreSQL). Run it before the bot starts on it. A copy that was made
            by this command says so by itself.
`;

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
    errors.write(usage);
    return 2;
  }
  const read = readBackupSettings(environment);
  if (read.kind === 'problems') return refuse(`${read.problems.join('. ')}.`);
  const { databaseUrl } = read.settings;
  try {
    return order === '--restored' ? await sayRestored(databaseUrl) : copyTo(databaseUrl, order);
  } catch (failure) {
    const error = readStoreError(failure);
    return refuse(
      error instanceof StoreError ? `${error.message} (${error.databaseCode ?? error.code})` : error.message,
    );
  }

  function copyTo(secret: Secret, to: string): number {
    const url = secret.reveal(readDatabaseUrl);
    if (url.kind !== 'sqlite') {
      return refuse('DATABASE_URL is not a SQLite file. PostgreSQL has means of its own: pg_dump, or a point in time.');
    }
    if (existsSync(to)) return refuse(`${to} is there already. Give another name: nothing is ever written over.`);
    if (!existsSync(url.path)) return refuse('There is no such database yet.');
    backUpSqlite({ from: url.path, to, now: () => clock.now() });
    output.write(`${to} holds everything up to ${new Date(clock.now()).toISOString()}, and is whole.\n`);
    return 0;
  }

  async function sayRestored(secret: Secret): Promise<number> {
    const database = openDatabase(secret, 'bot', undefined);
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
