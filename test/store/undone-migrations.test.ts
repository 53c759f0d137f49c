import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/base/clock.ts';
import { readErrorCode } from '../../src/base/errors.ts';
import { Secret } from '../../src/base/secret.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import type { AlteredRow } from '../../src/store/rows/row-guard.ts';
import { runCommand } from '../commands/audit/audit-house.ts';
import { auditKey } from '../support/audit-key.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';
import { type PastTheStore, reachPastTheStore } from '../support/past-the-store.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { askedIn, robin, sam } from '../support/reset-world.ts';

/** Undoes what came with 0015 and later, and the MACs of rows. What the trail says of them stays. */
const undoMacs = [
  'drop table ticket_notes',
  'drop table readable_facts',
  'drop index requests_shown',
  'drop index requests_being_set',
  ...['reset_requests', 'open_questions', 'freezes', 'contacts'].map((table) => `alter table ${table} drop column mac`),
  'drop index one_request_of_a_reference',
  'alter table reset_requests drop column reference',
  'drop index records_of_row',
  "delete from kysely_migration where name >= '0014'",
];
const trailMembers = ['row_key', 'row_mac', 'frozen'] as const;
const endNothing = (): never => {
  throw new Error('there is no request');
};
const redirect = "update contacts set details = replace(details, '29:sam', '29:mallory')";

/** Somebody who owns the tables, and has no key, makes a database look as if its migrations had not run yet. */
function describeUndone(address: () => Promise<Secret>): void {
  let url: Secret;
  let past: PastTheStore;
  let alarms: AlteredRow[];

  const open = async (): Promise<Store> => {
    const store = await openStore({ url, clock: systemClock, instance: 'one', auditKey });
    store.watchAlterations((altered) => alarms.push(altered));
    return store;
  };
  /** What a bot that is started now thinks of the contact and of the freezes. */
  const startAnew = async () => {
    const store = await open();
    const contact = await store.contacts.find(sam.objectId, sam.tenantId).catch(readErrorCode);
    const freezes = await store.freezes.inForce().catch(readErrorCode);
    await store.close();
    return { contact, freezes };
  };
  const verify = () =>
    url.reveal((text) => runCommand(['verify'], { DATABASE_URL: text, AUDIT_KEY: auditKey.reveal((key) => key) }));

  beforeEach(async () => {
    alarms = [];
    url = await address();
    const store = await open();
    const at = Date.now();
    const frozen = { at, kind: 'frozen', actor: robin.objectId, person: robin, facts: { customer: null } } as const;
    await store.freezes.add({ customer: undefined, by: robin, at }, frozen, endNothing);
    await store.contacts.keep({ person: sam, wroteIn: askedIn, seenAt: at });
    await store.close();
    past = await reachPastTheStore(url);
    await past.dropGuards();
  });
  afterEach(() => past.close());

  it('takes no row over a second time, where the trail says that rows had MACs', async () => {
    for (const one of undoMacs) await past.run(one);
    const isSqlite = url.reveal((text) => text.startsWith('sqlite:'));
    await (isSqlite ? hideMembersInSqlite(url) : hideMembersInPostgres(past));
    await past.run(redirect);
    await expect(startAnew()).resolves.toStrictEqual({ contact: undefined, freezes: 'row-altered' });
    expect(alarms).toContainEqual({ table: 'audit_records', how: 'changed', row: '1' });
    if (!isSqlite) await past.run('drop policy reads on freezes; alter table freezes disable row level security');
    await expect(verify()).resolves.toMatchObject({ status: 1, output: expect.stringContaining('has no MAC') });
  });

  it('takes no row over where the trail was emptied', async () => {
    for (const one of undoMacs) await past.run(one);
    for (const column of trailMembers) await past.run(`alter table audit_records drop column ${column}`);
    await past.run('delete from audit_records');
    await past.run("update audit_head set number = 0, hash = ''");
    await past.run('delete from freezes');
    await past.run(redirect);
    await expect(startAnew()).resolves.toStrictEqual({ contact: undefined, freezes: [] });
    expect(alarms).toContainEqual({ table: 'audit_records', how: 'changed', row: '1' });
  });

  it.each([
    ['records are left', 'delete from audit_records where number > 1'],
    ['requests are left, and no record', 'delete from audit_records'],
  ])('begins no chain anew where %s', async (_what, statement) => {
    const store = await open();
    await store.resets.add(buildResetRequest(), { at: 1, kind: 'proposed', actor: 'robin', facts: {} });
    await store.close();
    await past.run(statement);
    await undoChain(past);
    await expect(open()).rejects.toMatchObject({ code: 'audit-chain-missing' });
  });

  it('believes no record before a beginning of the chain that nobody has signed', async () => {
    await past.run('delete from freezes');
    await past.run('update audit_records set frozen = null where number = 2');
    await past.run("update settings set value = '2:x' where name = 'audit-check'");
    await expect(open()).rejects.toMatchObject({ code: 'wrong-audit-key' });
  });
}

/** Makes a database look as if nothing from the chain of the trail on had come. Freezes and contacts are put aside. */
async function undoChain(past: PastTheStore): Promise<void> {
  for (const one of undoMacs) await past.run(one);
  for (const column of [...trailMembers, 'about', 'version', 'hash'])
    await past.run(`alter table audit_records drop column ${column}`);
  await past.run('update audit_head set number = (select coalesce(max(number), 0) from audit_records)');
  await past.run('alter table audit_head drop column hash');
  await past.run("delete from settings where name = 'audit-check'");
  await past.run("delete from kysely_migration where name >= '0009'");
  for (const guard of ['audit_records_are_append_only', 'audit_head_is_only_moved'])
    await past.run(`drop function if exists ${guard}`).catch(() => undefined);
}

/** The values stay in the file: the table only says that it does not have these columns. */
function hideMembersInSqlite(url: Secret): void {
  const options = { open: true, defensive: false };
  const db = new DatabaseSync(
    url.reveal((text) => text.slice('sqlite:'.length)),
    options,
  );
  db.exec(`pragma writable_schema = on;
    update sqlite_master set sql = replace(sql, ', "row_key" text, "row_mac" text, "frozen" text', '')
    where name = 'audit_records'; pragma writable_schema = reset`);
  db.close();
}

/** Puts the values back as soon as somebody reads the freezes. */
async function hideMembersInPostgres(past: PastTheStore): Promise<void> {
  await past.run('create table kept as select number, row_key, row_mac, frozen from audit_records');
  for (const column of trailMembers) await past.run(`alter table audit_records drop column ${column}`);
  await past.run(`create function put_back() returns boolean language plpgsql volatile as $$ begin
    update audit_records a set row_key = k.row_key, row_mac = k.row_mac, frozen = k.frozen
    from kept k where k.number = a.number and a.row_key is null; return true; end $$`);
  await past.run('alter table freezes enable row level security');
  await past.run('alter table freezes force row level security');
  await past.run('create policy reads on freezes using (put_back())');
}

describe('migrations that were undone, in SQLite', () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  describeUndone(() => {
    const folder = mkdtempSync(join(tmpdir(), 'locksmith-undone-'));
    folders.push(folder);
    return Promise.resolve(new Secret(`sqlite:${join(folder, 'locksmith.db')}`));
  });
});

const programs = findPostgres();
const [suite, name] =
  programs.kind === 'found' ? [describe, 'in PostgreSQL'] : [describe.skip, `in PostgreSQL (skipped: ${programs.why})`];

suite(`migrations that were undone, ${name}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
    await asSuperuser(new Secret(await server.createDatabase()), 'create role app login');
  }, 60_000);
  afterAll(() => server.stop());

  /** A superuser passes row-level security, so the bot is somebody who merely owns the tables. */
  const createOwned = async (): Promise<Secret> => {
    const text = await server.createDatabase();
    await asSuperuser(new Secret(text), 'alter schema public owner to app');
    const owned = new URL(text);
    owned.username = 'app';
    return new Secret(owned.href);
  };
  describeUndone(createOwned);

  it('checks where the chain begins as often as it reads that', async () => {
    const url = await createOwned();
    const open = () => openStore({ url, clock: systemClock, instance: 'one', auditKey });
    const store = await open();
    const at = Date.now();
    const frozen = { at, kind: 'frozen', actor: robin.objectId, person: robin, facts: { customer: null } } as const;
    await store.freezes.add({ customer: undefined, by: robin, at }, frozen, endNothing);
    await store.close();
    const past = await reachPastTheStore(url);
    await past.dropGuards();
    await past.run('delete from freezes');
    await past.run('update audit_records set frozen = null');
    await past.run('alter table settings rename to kept_settings');
    await past.run('create sequence times_read');
    // The first reads get the true answer, each later one another.
    await past.run(`create function pick(kept text, most int) returns text language sql volatile as
      $$ select case when nextval('times_read') <= most then kept else '1:x' end $$`);
    for (const most of [1, 2, 3]) {
      await past.run("select setval('times_read', 1, false)");
      await past.run(`create or replace view settings as select name,
        case when name = 'audit-check' then pick(value, ${most}) else value end as value from kept_settings`);
      await expect(open()).rejects.toMatchObject({ code: 'audit-end-altered' });
    }
    await past.close();
  });
});

async function asSuperuser(url: Secret, statement: string): Promise<void> {
  const admin = await reachPastTheStore(url);
  await admin.run(statement);
  await admin.close();
}
