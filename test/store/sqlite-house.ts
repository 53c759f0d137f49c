import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/base/clock.ts';
import type { Log } from '../../src/base/log.ts';
import { Secret } from '../../src/base/secret.ts';
import type { StoreRole } from '../../src/store/database/database.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { findNumberedNote, type House } from '../contract/reset-store/store-bench.ts';
import { auditKey } from '../support/audit-key.ts';
import { dropGuards } from '../support/drop-guards.ts';
import { makeMemoryFolder } from '../support/memory-folder.ts';

/** A database file in a temporary folder. */
export type SqliteHouse = House & {
  readonly path: string;
  open(role: StoreRole, instance?: string, trailLog?: Log): Promise<Store>;
};

/** Names a database file that does not exist yet, in a folder that does not either. */
export function buildSqliteHouse(): SqliteHouse {
  const folder = makeMemoryFolder('locksmith-sqlite-');
  const path = join(folder, 'data', 'locksmith.db');
  const url = `sqlite:${path}`;
  const open = (role: StoreRole, instance = 'first', trailLog?: Log) =>
    openStore({
      url: new Secret(url),
      clock: systemClock,
      instance,
      auditKey,
      role,
      trailLog,
      findOwedNote: findNumberedNote,
    });
  const run = async (statement: string): Promise<void> => {
    const database = new DatabaseSync(path);
    try {
      database.exec(statement);
    } finally {
      database.close();
    }
  };
  return {
    path,
    url,
    open,
    openStore: (trailLog) => open('bot', 'first', trailLog),
    run,
    tamper: (statement) => run(`${dropGuards.sqlite} ${statement}`),
    remove: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}
