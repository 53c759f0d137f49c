import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/clock.ts';
import type { Log } from '../../src/log.ts';
import { Secret } from '../../src/secret.ts';
import type { StoreRole } from '../../src/store/database.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { auditKey } from '../support/audit-key.ts';
import type { House } from '../contract/reset-store/store-bench.ts';

/** A database file in a temporary folder. */
export type SqliteHouse = House & {
  readonly path: string;
  open(role: StoreRole, instance?: string, trailLog?: Log): Promise<Store>;
};

/** Names a database file that does not exist yet, in a folder that does not either. */
export function buildSqliteHouse(): SqliteHouse {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-sqlite-'));
  const path = join(folder, 'data', 'locksmith.db');
  const open = (role: StoreRole, instance = 'first', trailLog?: Log) =>
    openStore({ url: new Secret(`sqlite:${path}`), clock: systemClock, instance, auditKey, role, trailLog });
  return {
    path,
    open,
    openStore: (trailLog) => open('bot', 'first', trailLog),
    tamper: (statement) => {
      const database = new DatabaseSync(path);
      database.exec('drop trigger if exists audit_records_no_update; drop trigger if exists audit_records_no_delete');
      database.exec(statement);
      database.close();
      return Promise.resolve();
    },
    remove: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
}
