import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { Clock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import type { ResetRequestRow } from '../../src/store/database/database.ts';
import { createAuditChain } from '../../src/store/audit-trail/audit-chain.ts';
import type { FindOwedNote } from '../../src/reset/tickets/ticket-notes.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { auditKey } from './audit-key.ts';
import { putEmptyDatabase } from './empty-database.ts';
import { makeMemoryFolder } from './memory-folder.ts';

/** How far a machine's clock is from its server's, in a world on PostgreSQL: as far as a bot follows, and enough to be found out wherever it is believed. */
const machineIsBehind = 4 * 60_000 + 17;

/** The store of a world whose time is in the test's hand. */
export type WorldStore = {
  readonly store: Store;
  /** Its `DATABASE_URL`. */
  readonly url: Secret;
  /** The clock of the machine that the bots run on. */
  readonly machineClock: Clock;
  /** Resolves once nothing that was asked of the store is without an answer: whether there was anything. */
  readonly atRest: () => Promise<boolean>;
  /** Writes that row, signed, where it still stands at that version, past the store and its trail: whether it did. SQLite only. */
  readonly writePast: (row: ResetRequestRow, version: number) => boolean;
  /** Everything that the database keeps, as text. */
  readonly readFiles: () => Promise<string>;
  readonly remove: () => void;
};

/**
 * Opens a SQLite file of its own, or that PostgreSQL database. There the server's time, by which it judges leases and by
 * which bots set their clocks, is the test's, and the machine's own clock is wrong.
 */
export async function openWorldStore({
  clock,
  postgres,
  findOwedNote,
}: {
  readonly clock: Clock;
  readonly postgres: string | undefined;
  readonly findOwedNote?: FindOwedNote | undefined;
}): Promise<WorldStore> {
  const asked = new Set<Promise<unknown>>();
  const atRest = async (): Promise<boolean> => {
    const isAsked = asked.size > 0;
    await Promise.allSettled(asked);
    return isAsked;
  };
  if (postgres === undefined) {
    const folder = makeMemoryFolder('locksmith-reset-');
    const path = join(folder, 'world.db');
    const url = new Secret(`sqlite:${path}`);
    await putEmptyDatabase(path);
    return {
      url,
      store: watch(await openStore({ url, clock, instance: 'world', auditKey, findOwedNote }), asked),
      machineClock: clock,
      atRest,
      writePast: (row, version) => writeRow(path, row, version),
      readFiles: () =>
        Promise.resolve(
          readdirSync(folder)
            .map((name) => readFileSync(join(folder, name)).toString('latin1'))
            .join('\n'),
        ),
      remove: () => {
        rmSync(folder, { recursive: true });
      },
    };
  }
  const machineClock: Clock = {
    now: () => clock.now() - machineIsBehind,
    after: (milliseconds, act) => clock.after(milliseconds, act),
  };
  const serverTime = () => sql<number>`${clock.now()}::bigint`;
  const opened = await openStore({
    url: new Secret(postgres),
    clock: machineClock,
    instance: 'world',
    auditKey,
    serverTime,
    findOwedNote,
  });
  return {
    url: new Secret(postgres),
    store: watch(opened, asked),
    machineClock,
    atRest,
    writePast: () => false,
    readFiles: () => dump(postgres),
    remove: () => undefined,
  };
}

function writeRow(path: string, row: ResetRequestRow, version: number): boolean {
  const { id, ...columns } = { ...row, mac: createAuditChain(auditKey).rows.sign('reset_requests', row) };
  const database = new DatabaseSync(path, { timeout: 1000 });
  const names = Object.keys(columns);
  const { changes } = database
    .prepare(`update reset_requests set ${names.map((name) => `${name} = ?`).join(', ')} where id = ? and version = ?`)
    .run(...Object.values(columns), id, version);
  database.close();
  return changes === 1;
}

/** The same store, with everything that is asked of it in `asked` until it is answered. */
function watch(store: Store, asked: Set<Promise<unknown>>): Store {
  return {
    ...store,
    resets: watchMethods(store.resets, asked),
    questions: watchMethods(store.questions, asked),
    freezes: watchMethods(store.freezes, asked),
    contacts: watchMethods(store.contacts, asked),
    notes: watchMethods(store.notes, asked),
  };
}

function watchMethods<Port extends Record<string, (...given: never[]) => Promise<unknown>>>(
  port: Port,
  asked: Set<Promise<unknown>>,
): Port {
  const watched = Object.entries(port).map(([name, method]) => [
    name,
    (...given: never[]) => {
      const answer = method(...given).finally(() => asked.delete(answer));
      asked.add(answer);
      return answer;
    },
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names with the same methods behind them
  return Object.fromEntries(watched) as Port;
}

async function dump(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = ['reset_requests', 'open_questions', 'ticket_notes', 'audit_records', 'settings'];
    const kept: string[] = [];
    for (const table of tables) kept.push(JSON.stringify((await client.query(`select * from ${table}`)).rows));
    return kept.join('\n');
  } finally {
    await client.end();
  }
}
