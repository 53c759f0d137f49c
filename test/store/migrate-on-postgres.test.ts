import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { Client, Pool } from 'pg';
import { systemClock } from '../../src/clock.ts';
import { Secret } from '../../src/secret.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openTokenStore } from '../../src/store/open-token-store.ts';
import { auditKey } from '../support/audit-key.ts';
import { findPostgres, startPostgres, type PostgresServer } from '../support/postgres.ts';

const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'tables of a PostgreSQL database']
    : [describe.skip, `tables of a PostgreSQL database (skipped: ${programs.why})`];
const lock = '3853314791062309107';
const limits = '?statement_timeout=100&lock_timeout=100';

suite(name, () => {
  let server: PostgresServer;
  let url: string;

  beforeAll(async () => {
    server = await startPostgres(programs);
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = await server.createDatabase();
  });

  const open = (log: (event: string) => void = () => undefined) =>
    openStore({
      url: new Secret(url),
      clock: systemClock,
      instance: 'first',
      auditKey,
      log: (line) => {
        log(line.event);
      },
    });
  const ask = async (statement: string): Promise<readonly unknown[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(statement);
    await client.end();
    return rows;
  };
  const forgetLast = () =>
    ask('delete from kysely_migration where name = (select max(name) from kysely_migration) returning name');

  it('are brought up to date by statements that last longer than any of a request may', async () => {
    const database = openDatabase(new Secret(url + limits), 'bot', undefined);
    const long = sql`select pg_sleep(0.4)`;
    await expect(long.execute(database.db)).rejects.toMatchObject({ code: '57014' });
    await database.forMigration((db) => long.execute(db));
    await database.close();
  });

  it('are waited for, longer than for any lock of a request, while another instance brings them up to date', async () => {
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query(`select pg_advisory_lock(${lock})`);
    const waits = Promise.withResolvers<string>();
    const said: string[] = [];
    url += limits;
    const opening = open((event) => {
      said.push(event);
      waits.resolve(event);
    });
    expect(await waits.promise).toBe('migration-waits');
    await other.query('select pg_sleep(0.4)');
    await other.end();
    const store = await opening;
    await store.ping();
    expect(said).toEqual(['migration-waits', 'migration-goes-on']);
    await store.close();
  });

  it('are changed under the lock that Kysely takes, so that a program without this one’s waiting waits too', async () => {
    const pool = new Pool({ connectionString: url });
    const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
    const held: unknown[] = [];
    const look: Migration = {
      up: async (trx) => {
        const { rows } = await sql`select ((classid::bigint << 32) | objid::bigint)::text as id from pg_locks
          where locktype = 'advisory' and granted`.execute(trx);
        held.push(...rows);
      },
    };
    const { error } = await new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ look }) },
    }).migrateToLatest();
    await db.destroy();
    expect(error).toBeUndefined();
    expect(held).toEqual([{ id: lock }]);
  });

  it('are made for a sign-in where there are none', async () => {
    const tokens = await openTokenStore(new Secret(url));
    await tokens.close();
    const store = await open();
    await store.close();
  });

  it('are left alone for a sign-in where a bot of another version may run on them', async () => {
    await (await open()).close();
    await forgetLast();
    await expect(openTokenStore(new Secret(url))).rejects.toMatchObject({
      code: 'schema-older',
      message: expect.stringContaining('use the version that runs'),
    });
    expect(await ask('select name from kysely_migration')).toHaveLength(Object.keys(migrations).length - 1);
  });
});
