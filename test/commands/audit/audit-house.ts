import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { systemClock } from '../../../src/clock.ts';
import { Secret } from '../../../src/secret.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import type { PostgresServer } from '../../support/postgres.ts';

/** A database with a trail, and a hand that reaches past the store. */
export type AuditHouse = {
  readonly url: string;
  open(key?: Secret): Promise<Store>;
  /** Runs statements as somebody who has the database's password would. */
  run(statements: string): Promise<void>;
  /** The same, without what the database itself forbids; afterwards it forbids it again. */
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
  const readGuards = (): readonly { name: string; sql: string }[] => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
    const found = database.prepare("select name, sql from sqlite_master where type = 'trigger'").all();
    database.close();
    return found.map(({ name, sql }) => ({ name: String(name), sql: String(sql) }));
  };
  return {
    url: `sqlite:${path}`,
    open: (key = auditKey) => open(`sqlite:${path}`, key),
    run,
    tamper: (statements) => {
      const guards = readGuards();
      const drop = guards.map(({ name }) => `drop trigger ${name};`).join(' ');
      return run(`begin; ${drop} ${statements}; ${guards.map(({ sql }) => `${sql};`).join(' ')} commit`);
    },
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
    tamper: (statements) => run(`${switchGuards('disable')} ${statements}; ${switchGuards('enable')}`),
    remove: () => Promise.resolve(),
  };
}

function switchGuards(how: 'disable' | 'enable'): string {
  return `alter table audit_records ${how} trigger user; alter table audit_head ${how} trigger user;`;
}
