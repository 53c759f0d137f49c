import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { systemClock } from '../../../src/clock.ts';
import { Secret } from '../../../src/secret.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import { dropGuards } from '../../support/drop-guards.ts';
import type { PostgresServer } from '../../support/postgres.ts';

/** A database with a trail, and a hand that reaches past the store. */
export type AuditHouse = {
  readonly url: string;
  open(key?: Secret): Promise<Store>;
  /** Runs statements as somebody who has the database's password would. */
  run(statements: string): Promise<void>;
  /** The same, without what the database itself forbids. */
  tamper(statements: string): Promise<void>;
  remove(): Promise<void>;
};

const open = (url: string, key: Secret) =>
  openStore({ url: new Secret(url), clock: systemClock, instance: 'first', auditKey: key });

export function buildSqliteAuditHouse(): AuditHouse {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-audit-'));
  const path = join(folder, 'locksmith.db');
  const run = async (statements: string): Promise<void> => {
    const database = new DatabaseSync(path, { timeout: 2000 });
    try {
      database.exec(statements);
    } finally {
      database.close();
    }
  };
  return {
    url: `sqlite:${path}`,
    open: (key = auditKey) => open(`sqlite:${path}`, key),
    run,
    tamper: (statements) => run(`${dropGuards.sqlite} ${statements}`),
    remove: async () => {
      rmSync(folder, { recursive: true });
    },
  };
}

export async function buildPostgresAuditHouse(server: PostgresServer): Promise<AuditHouse> {
  const url = await server.createDatabase();
  const run = async (statements: string): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(statements);
    } finally {
      await client.end();
    }
  };
  return {
    url,
    open: (key = auditKey) => open(url, key),
    run,
    tamper: (statements) => run(`${dropGuards.postgres} ${statements}`),
    remove: () => Promise.resolve(),
  };
}
