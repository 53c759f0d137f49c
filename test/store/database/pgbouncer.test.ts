import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { systemClock } from '../../../src/base/clock.ts';
import type { LogEvent } from '../../../src/base/log.ts';
import { Secret } from '../../../src/base/secret.ts';
import { openStore, type Store } from '../../../src/store/index.ts';
import { openTokenStore } from '../../../src/store/token-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { findPgBouncer, type PgBouncer, startPgBouncer } from '../../support/pgbouncer.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';

const programs = findPostgres();
const bouncer = findPgBouncer();
const lack = programs.kind === 'missing' ? programs.why : bouncer.kind === 'missing' ? bouncer.why : undefined;
const [suite, name] =
  lack === undefined
    ? [describe, 'a store behind PgBouncer']
    : [describe.skip, `a store behind PgBouncer (skipped: ${lack})`];
const entry = { at: 1, kind: 'proposed', actor: 'robin', facts: {} } as const;
const migrationLock = '3853314791062309107';

suite(name, () => {
  let server: PostgresServer;
  let direct: string;
  let pooler: PgBouncer | undefined;
  let stores: Store[];
  let logged: LogEvent[];

  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    direct = await server.createDatabase();
    stores = [];
    logged = [];
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await pooler?.stop();
    pooler = undefined;
  });

  async function pool(settings: Readonly<Record<string, string>>): Promise<string> {
    pooler = await startPgBouncer(bouncer, direct, settings);
    return pooler.through(direct);
  }

  async function open(url: string, changes: Partial<Parameters<typeof openStore>[0]> = {}): Promise<Store> {
    const log = (event: LogEvent): void => void logged.push(event);
    const settings = { url: new Secret(url), clock: systemClock, instance: 'first', auditKey, log, ...changes };
    const store = await openStore(settings);
    stores.push(store);
    return store;
  }

  const ask = async (statement: string, url = direct): Promise<readonly unknown[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(statement);
    await client.end();
    return rows;
  };
  const heldLocks = () => ask(`select objid from pg_locks where locktype = 'advisory'`);

  it.each<[string, Record<string, string>]>([
    ['its defaults', {}],
    ['session mode', { pool_mode: 'session' }],
    ['session mode, where sessions take turns', { pool_mode: 'session', server_round_robin: '1' }],
  ])('works with %s: it migrates, writes, reads, and keeps its limits', async (_how, settings) => {
    const url = await pool(settings);
    const store = await open(url);
    await store.resets.add(buildNumberedRequest(1), entry);
    const reader = await open(url, { role: 'reader', instance: 'second' });
    await expect(reader.resets.find(buildNumberedRequest(1).id)).resolves.toMatchObject({ state: 'proposed' });
    await expect(reader.resets.add(buildNumberedRequest(2), entry)).rejects.toMatchObject({ code: 'read-only' });
    await store.resets.add(buildNumberedRequest(2), entry);
    await (await openTokenStore(new Secret(url))).close();
    expect(await heldLocks()).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['transaction mode', { pool_mode: 'transaction' }],
    ['transaction mode, where sessions take turns', { pool_mode: 'transaction', server_round_robin: '1' }],
    ['transaction mode with one session', { pool_mode: 'transaction', default_pool_size: '1' }],
    ['statement mode', { pool_mode: 'statement' }],
  ])('says what it needs with %s, and leaves nothing behind', async (_how, settings) => {
    const url = await pool(settings);
    for (const role of ['bot', 'reader'] as const) {
      const opening = open(url, { role });
      await expect(opening).rejects.toMatchObject({
        name: 'StoreError',
        code: 'pooler-shares-sessions',
        message: expect.stringContaining('pool_mode = session'),
      });
    }
    expect(await heldLocks()).toEqual([]);
    expect(await ask(`select tablename from pg_tables where schemaname = 'public'`)).toEqual([]);
    const shown = await ask('show default_transaction_read_only', url);
    expect(shown).toEqual([{ default_transaction_read_only: 'off' }]);
    // The next start, on the address itself, hangs at no lock.
    await (await open(direct)).ping();
  });

  it('says that the pooler refused, and not that it cannot be reached', async () => {
    const url = await pool({});
    for (const parameter of ['statement_timeout=100', 'options=-c%20search_path%3Dx']) {
      await expect(open(`${url}?${parameter}`)).rejects.toMatchObject({
        code: 'pooler-refuses',
        databaseCode: '08P01',
      });
    }
  });

  it('says that there is no session left, where the pool has one', async () => {
    const url = await pool({ default_pool_size: '1' });
    await expect(open(url)).rejects.toMatchObject({ code: 'too-many-connections' });
  });
});

const [waitingSuite, waitingName] =
  programs.kind === 'found'
    ? [describe, 'a start that waits']
    : [describe.skip, `a start that waits (skipped: ${programs.why})`];

waitingSuite(waitingName, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server.stop());

  it('says so every ten seconds, and holds its lock no longer than its transaction', async () => {
    const url = await server.createDatabase();
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query(`select pg_advisory_lock(${migrationLock})`);
    const clock = createHandClock();
    const logged: LogEvent[] = [];
    const waits = Promise.withResolvers<void>();
    const opening = openStore({
      url: new Secret(url),
      clock,
      instance: 'first',
      auditKey,
      log: (event) => {
        logged.push(event);
        if (event.event === 'migration-waits') waits.resolve();
      },
    });
    await waits.promise;
    const notes = () => logged.filter(({ event }) => event === 'start-waits-for-database');
    clock.advance(9999);
    expect(notes()).toEqual([]);
    clock.advance(1);
    clock.advance(10_000);
    clock.advance(10_000);
    expect(notes()).toMatchObject([{ seconds: 10 }, { seconds: 20 }, { seconds: 30 }]);
    await other.query(`select pg_advisory_unlock(${migrationLock})`);
    const store = await opening;
    const { rows } = await other.query(`select objid from pg_locks where locktype = 'advisory'`);
    expect(rows).toEqual([]);
    clock.advance(60_000);
    expect(notes()).toHaveLength(3);
    await store.close();
    await other.end();
  });
});
