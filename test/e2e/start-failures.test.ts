import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { describeOnPostgres } from '../support/describe-on-postgres.ts';
import { productionEnvironment } from '../support/production-environment.ts';
import { startProcess } from '../support/start-process.ts';

describe('a bot that does not start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-start-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  async function said(databaseUrl: string, changes: Readonly<Record<string, string>> = {}): Promise<string> {
    const bot = startProcess({ ...productionEnvironment(folder, databaseUrl), ...changes });
    expect(await bot.exited).toBe(1);
    return bot.printed();
  }
  const file = () => `sqlite:${join(folder, 'locksmith.db')}`;

  describe('because of an address', () => {
    let other: Server;
    let port: number;
    beforeAll(async () => {
      other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const address = other.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
    });
    afterAll(() => {
      other.close();
    });

    it('names METRICS_PORT where that is taken, and PORT where that is', async () => {
      expect(await said(file(), { METRICS_PORT: String(port) })).toContain(` METRICS_PORT ${port} is taken.`);
      expect(await said(file(), { PORT: String(port) })).toContain(` PORT ${port} is taken.`);
    }, 60_000);

    it('names METRICS_HOST where that is none of this machine', async () => {
      expect(await said(file(), { METRICS_PORT: '0', METRICS_HOST: '192.0.2.7' })).toContain(
        ' METRICS_HOST 192.0.2.7 is no address of this machine.',
      );
    }, 60_000);
  });

  describeOnPostgres('on PostgreSQL', (server) => {
    let url: URL;
    beforeEach(async () => {
      url = new URL(await server.createDatabase());
      url.password = 'CANARY-password';
    });

    it.each([
      ['has no such database', (at: URL) => (at.pathname = '/nowhere'), 'no-such-database, SQLSTATE 3D000'],
      ['does not know the user', (at: URL) => (at.username = 'nobody'), 'not-let-in, SQLSTATE 28000'],
      ['offers no TLS', (at: URL) => (at.search = '?sslmode=require'), 'no-tls'],
      ['does not listen', (at: URL) => (at.port = '9'), 'unreachable, ECONNREFUSED'],
    ])(
      'says in one line, with what to do, that the server %s',
      async (_what, change, codes) => {
        change(url);
        const printed = await said(url.href);
        // The hash of the policy is logged before the database is opened.
        expect(printed).toMatch(/^\{[^\n]*"event":"policy-read"[^\n]*\}\nLocksmith does not start:\n {2}- [^\n]+\n$/);
        expect(printed).toContain(`(${codes})`);
        expect(printed).not.toContain('CANARY');
      },
      60_000,
    );

    it('says that there is no connection left', async () => {
      const client = new Client({ connectionString: url.href });
      await client.connect();
      await client.query('create role guest login');
      await client.query('alter role guest connection limit 0');
      await client.end();
      url.username = 'guest';
      expect(await said(url.href)).toContain('(too-many-connections, SQLSTATE 53300)');
    }, 60_000);
  });
});
