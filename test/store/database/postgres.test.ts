import { readAuditRecords } from '../../support/read-audit-records.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Client, Pool } from 'pg';
import { systemClock } from '../../../src/base/clock.ts';
import { asId } from '../../../src/base/ids.ts';
import { Secret } from '../../../src/base/secret.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { AuditEntry } from '../../../src/reset/audit-entry.ts';
import { makeStep } from '../../../src/reset/step.ts';
import { migrations } from '../../../src/store/database/migrations.ts';
import { openDatabase } from '../../../src/store/database/open-database.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { openTokenStore } from '../../../src/store/token-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { buildPostgresHouse, type PostgresHouse } from '../postgres-house.ts';

const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'a PostgreSQL database']
    : [describe.skip, `a PostgreSQL database (skipped: ${programs.why})`];

const entry: AuditEntry = { at: 1, kind: 'proposed', actor: 'robin', facts: {} };

suite(name, () => {
  let server: PostgresServer;
  let house: PostgresHouse;
  let opened: Store[];

  beforeAll(async () => {
    server = await startPostgres(programs);
  }, 60_000);
  afterAll(() => server.stop());

  beforeEach(async () => {
    house = await buildPostgresHouse(server);
    opened = [];
  });

  afterEach(async () => {
    for (const store of opened) await store.close();
  });

  const open = async (...how: Parameters<PostgresHouse['open']>) => {
    const store = await house.open(...how);
    opened.push(store);
    return store;
  };
  const approve = (store: Store, request: ResetRequest) =>
    store.resets.swap(request, makeStep(request, { state: 'approved' }, { at: 2, kind: 'confirmed', actor: 'robin' }));
  /** Gives up the note of a request that is refused. */
  const giveUpNote = async (store: Store, now: number): Promise<void> => {
    const proof = { verification: 'In person', ticket: '4711' };
    const asked = buildNumberedRequest(3, { technician: somebody('3'), proof, dueAt: undefined });
    await store.resets.add(asked, entry);
    const refused = { state: 'refused', endedAt: 2, refusal: { kind: 'guest' } } as const;
    await store.resets.swap(asked, makeStep(asked, refused, { at: 2, kind: 'refused', actor: 'locksmith' }));
    const [note] = await store.notes.due(now, 9);
    if (note === undefined) throw new Error('no note is due');
    const over = { ...note, version: 2, state: 'given-up', dueAt: undefined } as const;
    await store.notes.swap(note, over, { ...entry, kind: 'note-given-up' });
  };
  const connect = async () => {
    const client = new Client({ connectionString: house.url });
    await client.connect();
    return client;
  };

  it('is prepared once by instances that start at the same time', async () => {
    const stores = await Promise.all(['a', 'b', 'c', 'd'].map((instance) => open({ instance })));
    await Promise.all(stores.map((store) => store.ping()));
  });

  it('lets one instance win of many that take the same step', async () => {
    const stores = await Promise.all(['a', 'b', 'c'].map((instance) => open({ instance })));
    const request = buildNumberedRequest(1);
    const [first] = stores;
    await first?.resets.add(request, entry);
    const outcomes = await Promise.all([...stores, ...stores, ...stores].map((store) => approve(store, request)));
    expect(outcomes.filter((outcome) => outcome.kind === 'swapped')).toHaveLength(1);
    const trail = await readAuditRecords(new Secret(house.url));
    expect(trail?.map((record) => record.number)).toStrictEqual([1, 2]);
  });

  it('judges by its own clock what is due and whose lease has ended', async () => {
    const store = await open();
    const [past, future] = [Date.now() - 60_000, Date.now() + 60_000];
    await store.resets.add(buildNumberedRequest(1, { dueAt: past }), entry);
    await store.resets.add(
      buildNumberedRequest(2, { dueAt: past, technician: somebody('2'), lease: { owner: 'x', until: future } }),
      entry,
    );
    await store.resets.add(buildNumberedRequest(3, { dueAt: future, technician: somebody('3') }), entry);
    for (const wrongClock of [0, Date.now() + 365 * 86_400_000]) {
      const due = await store.resets.due(wrongClock, 9);
      expect(due.map((request) => request.id)).toStrictEqual(['request-1']);
    }
  });

  it('tells how far its clock is from this machine’s', async () => {
    const exact = await open();
    expect(Math.abs(await exact.clockDifference())).toBeLessThan(5000);
    const late = await open({ clock: { now: () => Date.now() - 3_600_000, after: () => () => {} } });
    expect(Math.abs((await late.clockDifference()) - 3_600_000)).toBeLessThan(5000);
  });

  it('asks the server’s own clock, whatever functions and operators somebody has put into the search path', async () => {
    await (await open()).close();
    const other = await connect();
    await other.query(`create function public.clock_timestamp() returns timestamptz language sql volatile as
      $$ select pg_catalog.clock_timestamp() + interval '25 hours' $$`);
    await other.query(`create function public.later(numeric, integer) returns numeric language sql as
      $$ select ($1 + 90000) operator(pg_catalog.*) 1000 $$`);
    await other.query('create operator public.* (leftarg = numeric, rightarg = integer, function = public.later)');
    await other.end();
    const parameters = '?options=-c%20search_path%3Dpublic,pg_catalog';
    const store = await open({ parameters });
    expect(Math.abs(await store.clockDifference())).toBeLessThan(5000);
    await store.resets.add(buildNumberedRequest(1, { dueAt: Date.now() + 60_000 }), entry);
    await expect(store.resets.due(0, 9)).resolves.toStrictEqual([]);
  });

  it('confirms and removes nothing while the clocks differ by more than five minutes', async () => {
    let behind = 301_000;
    const clock = { now: () => Date.now() - behind, after: () => () => {} };
    const store = await open({ clock });
    const request = buildNumberedRequest(1);
    await store.resets.add(request, entry);
    await store.clockDifference();
    await expect(approve(store, request)).rejects.toMatchObject({ name: 'StoreError', code: 'clocks-disagree' });
    const before = Date.now() + 60_000;
    const old = buildNumberedRequest(2, { state: 'refused', technician: somebody('2'), dueAt: undefined, endedAt: 1 });
    await store.resets.add(old, entry);
    await expect(store.resets.removeEnded(before, 9, entry)).resolves.toBe(0);
    await giveUpNote(store, before);
    await expect(store.notes.removeGivenUp(before, 9, entry)).resolves.toBe(0);
    const asked = buildNumberedRequest(4, { state: 'delivered', technician: somebody('4'), dueAt: undefined });
    await store.resets.add(asked, entry);
    const pass = makeStep(asked, {}, { at: 2, kind: 'access-pass-begun', actor: 'robin' });
    await expect(store.resets.swap(asked, { ...pass, within: [] })).rejects.toMatchObject({ code: 'clocks-disagree' });
    behind = 0;
    await store.clockDifference();
    await expect(store.resets.removeEnded(before, 9, entry)).resolves.toBe(2);
    await expect(store.notes.removeGivenUp(before, 9, entry)).resolves.toBe(1);
    await expect(store.resets.swap(asked, { ...pass, within: [] })).resolves.toMatchObject({ kind: 'swapped' });
    await expect(approve(store, request)).resolves.toMatchObject({ kind: 'swapped' });
  });

  it('leaves the leases of other instances alone when one starts', async () => {
    const first = await open();
    const lease = { owner: 'first', until: Date.now() + 60_000 };
    await first.resets.add(buildNumberedRequest(1, { lease }), entry);
    const second = await open({ instance: 'second' });
    await expect(second.resets.find(buildNumberedRequest(1).id)).resolves.toMatchObject({ lease });
  });

  it('has on disk what it has confirmed, though it crashes right after, and is found again', async () => {
    const store = await open();
    const request = buildNumberedRequest(1);
    await store.resets.add(request, entry);
    await approve(store, request);
    await server.crash();
    await expect(store.resets.find(request.id)).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
    await server.restart();
    await expect(store.resets.find(request.id)).resolves.toMatchObject({ state: 'approved', version: 2 });
    expect(await readAuditRecords(new Secret(house.url))).toHaveLength(2);
  });

  it('does half of nothing when its connections are cut in the middle of a step', async () => {
    const store = await open();
    const request = buildNumberedRequest(1);
    await store.resets.add(request, entry);
    const other = await connect();
    await other.query('begin');
    await other.query('select * from audit_head for update');
    const step = expect(approve(store, request)).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
    await untilSomebodyWaits(other);
    await other.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await step;
    await other.query('rollback');
    await other.end();
    await expect(store.resets.find(request.id)).resolves.toStrictEqual(request);
    await expect(approve(store, request)).resolves.toMatchObject({ kind: 'swapped' });
    expect(await readAuditRecords(new Secret(house.url))).toHaveLength(2);
  });

  it('says that somebody else holds it', async () => {
    const store = await open({ parameters: '?lock_timeout=50' });
    const other = await connect();
    await other.query('begin');
    await other.query('select * from audit_head for update');
    await expect(store.resets.add(buildNumberedRequest(1), entry)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'locked',
    });
    await other.query('rollback');
    await other.end();
    await expect(store.resets.add(buildNumberedRequest(1), entry)).resolves.toBe('added');
  });

  it('is read beside the bot by somebody who may not write, nor bring it up to date', async () => {
    await expect(open({ role: 'reader' })).rejects.toMatchObject({ name: 'StoreError', code: 'schema-empty' });
    const bot = await open();
    await bot.resets.add(buildNumberedRequest(1), entry);
    const reader = await open({ role: 'reader' });
    await expect(reader.resets.find(buildNumberedRequest(1).id)).resolves.toMatchObject({ state: 'proposed' });
    await expect(reader.resets.add(buildNumberedRequest(2), entry)).rejects.toMatchObject({ code: 'read-only' });
  });

  it('says that there is no such database, without repeating its address', async () => {
    await house.tamper('select 1');
    const failure = await open({ parameters: '_missing' }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StoreError', code: 'no-such-database', databaseCode: '3D000' });
    expect(JSON.stringify(failure)).not.toContain('test_');
  });

  function somebody(id: string): ResetRequest['technician'] {
    return { ...buildResetRequest().technician, objectId: asId(`somebody-${id}`) };
  }
});

/** Asks the server until a statement of this database waits for a lock. */
async function untilSomebodyWaits(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  if (rows.length === 0) await untilSomebodyWaits(client);
}

const [migrationSuite, migrationSuiteName] =
  programs.kind === 'found'
    ? [describe, 'tables of a PostgreSQL database']
    : [describe.skip, `tables of a PostgreSQL database (skipped: ${programs.why})`];
const lock = '3853314791062309107';
const limits = '?statement_timeout=100&lock_timeout=100';

migrationSuite(migrationSuiteName, () => {
  let server: PostgresServer;
  let url: string;

  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
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
    const database = await openDatabase(new Secret(url + limits), 'bot', undefined);
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
