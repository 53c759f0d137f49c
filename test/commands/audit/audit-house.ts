import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { systemClock } from '../../../src/base/clock.ts';
import { Secret } from '../../../src/base/secret.ts';
import { runAudit } from '../../../src/commands/audit/run-audit.ts';
import type { Environment } from '../../../src/config/text-reader.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import type { TestServer } from '../../support/describe-on-postgres.ts';

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

export async function buildPostgresAuditHouse(server: TestServer): Promise<AuditHouse> {
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

/** What `npm run audit` did: its exit status and what it wrote. */
type Ran = { readonly status: number; readonly output: string; readonly errors: string };

/** Runs the command as a shell would, in this process. `input` stands on its standard input. */
export async function runCommand(args: readonly string[], environment: Environment, input = ''): Promise<Ran> {
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  streams.input.end(input);
  const read = Promise.all([text(streams.output), text(streams.errors)]);
  const status = await runAudit({ args, environment, ...streams });
  streams.output.end();
  streams.errors.end();
  const [output, errors] = await read;
  return { status, output, errors };
}
