import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Platform, realPlatform } from '../../src/app/platform.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { runDoctor } from '../../src/commands/doctor/run-doctor.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { storeAdvice } from '../../src/texts/failures/start-and-store-failures.ts';
import { dropGuards } from '../support/drop-guards.ts';
import { findPgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { productionEnvironment } from '../support/production-environment.ts';
import { startRefusingPostgres } from '../support/refusing-postgres.ts';
import { readFailures } from '../support/troubleshooting-page.ts';

type Code = keyof typeof storeAdvice;
type Mark = 'not made yet' | 'NOT REACHABLE' | 'REFUSED' | 'WRONG';

/** What goes wrong with the database, and how the line begins that tells it. */
type Planted =
  /** Done to a good database of SQLite, past the store. */
  | { readonly mark: Mark; readonly sql: string; readonly says?: string }
  /** What a server answers with. */
  | { readonly mark: Mark; readonly sqlState: string; readonly query?: string }
  /** Another file in its place. */
  | { readonly mark: Mark; readonly file: (path: string) => string }
  | { readonly mark: Mark; readonly settings: Readonly<Record<string, string>>; readonly says?: string }
  /** Told below, by a real server. */
  | 'real-server'
  /** The doctor never says it. */
  | { readonly never: string };

const otherKey = Buffer.alloc(32, 9).toString('base64');

const planted: Readonly<Record<Code, Planted>> = {
  locked: { mark: 'NOT REACHABLE', sqlState: '55P03' },
  full: { mark: 'WRONG', sqlState: '53100' },
  'read-only': { mark: 'REFUSED', sqlState: '25006' },
  'cannot-open': { mark: 'REFUSED', file: () => '/' },
  'not-permitted': { mark: 'REFUSED', sqlState: '42501' },
  unreachable: { mark: 'NOT REACHABLE', settings: { DATABASE_URL: 'postgres://locksmith@127.0.0.1:9/locksmith' } },
  'no-such-database': { mark: 'not made yet', sqlState: '3D000' },
  'not-let-in': { mark: 'REFUSED', sqlState: '28P01' },
  'too-many-connections': { mark: 'REFUSED', sqlState: '53300' },
  'pooler-shares-sessions': 'real-server',
  'pooler-refuses': { mark: 'REFUSED', sqlState: '08P01' },
  'no-tls': { mark: 'REFUSED', sqlState: '28000', query: '?sslmode=require' },
  'certificate-not-good': { mark: 'REFUSED', sqlState: 'tls', query: '?sslmode=verify-full' },
  'already-running': { never: 'a reader takes no place of a bot' },
  damaged: { mark: 'WRONG', sqlState: 'XX001' },
  'not-ours': {
    mark: 'WRONG',
    file: (path) => {
      writeFileSync(path, 'no database, long enough for its header to be read as one. '.repeat(20));
      return path;
    },
  },
  'schema-newer': { mark: 'WRONG', sql: "insert into kysely_migration (name, timestamp) values ('9999-later', 'x')" },
  'schema-older': { mark: 'not made yet', sql: "delete from kysely_migration where name > '0016'" },
  'schema-empty': {
    mark: 'not made yet',
    file: (path) => {
      writeFileSync(`${path}.empty`, '');
      return `${path}.empty`;
    },
  },
  'schema-gap': { mark: 'WRONG', sql: "delete from kysely_migration where name like '0004%'" },
  'row-unreadable': { never: 'it reads no request, question or contact' },
  'row-altered': { never: 'it reads no request, question or contact' },
  'wrong-key': { mark: 'WRONG', settings: { SEALING_KEY: otherKey } },
  'wrong-audit-key': { mark: 'WRONG', settings: { AUDIT_KEY: otherKey }, says: 'No row fits AUDIT_KEY.' },
  'audit-beginning-missing': {
    mark: 'WRONG',
    sql: "delete from settings where name = 'audit-check'",
    says: 'The key is the right one, but what the database kept of it, and of where the chain begins, was altered or removed.',
  },
  'audit-chain-missing': { never: 'such a database is of an older version, which it says; the start says this' },
  'audit-end-altered': { mark: 'WRONG', sql: "update audit_head set hash = 'x'" },
  'audit-not-kept': { never: 'it writes no record' },
  'clocks-disagree': 'real-server',
  unexpected: { mark: 'WRONG', sqlState: '42P99' },
};

const documented = readFailures('At the terminal: the database');
const cases = documented.flatMap(({ code, words }) => {
  const what = Object.entries(planted).find(([name]) => name === code)?.[1];
  return what === undefined || what === 'real-server' || 'never' in what ? [] : [[code, words, what] as const];
});
const adviceOn = (code: string) => Object.entries(storeAdvice).find(([name]) => name === code)?.[1] ?? 'no advice';

const noNetwork: Platform = { ...realPlatform, fetch: () => Promise.reject(new TypeError('fetch failed')) };

async function runCommand(settings: Readonly<Record<string, string>>, platform = noNetwork) {
  const lines: string[] = [];
  const status = await runDoctor({
    environment: { ...settings, MicrosoftAppType: 'SingleTenant', MicrosoftAppPassword: 'CANARY' },
    platform,
    partnerCenterUrl: 'http://127.0.0.1:9',
    print: (line) => lines.push(line),
    errors: new PassThrough(),
  });
  return { status, text: lines.join('\n') };
}

/** A database as a bot leaves it: with a record, and something sealed. */
async function makeDatabase(settings: Readonly<Record<string, string>>): Promise<void> {
  const keyOf = (name: string) => new Secret(settings[name] ?? '');
  const store = await openStore({
    url: keyOf('DATABASE_URL'),
    clock: systemClock,
    instance: 'first',
    auditKey: keyOf('AUDIT_KEY'),
  });
  await store.checkSealing(createSealer([keyOf('SEALING_KEY')], realPlatform.random.bytes));
  await store.resets.record({ at: 1, kind: 'question-refused', actor: 'robin', facts: {} }, undefined);
  await store.close();
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-doctor-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('npm run doctor and the failures of the database that docs/troubleshooting.md has', () => {
  it('are all planted here, or are none of the doctor’s for a reason', () => {
    expect(Object.keys(planted).toSorted()).toEqual(documented.map(({ code }) => code).toSorted());
    expect(cases.length).toBeGreaterThan(20);
  });

  it.each(cases)('%s is told by its words, with what to do and status 1', async (code, words, what) => {
    const path = join(folder, 'l.db');
    const good = productionEnvironment(folder, `sqlite:${path}`);
    await makeDatabase(good);
    const server = 'sqlState' in what ? await startRefusingPostgres(what.sqlState, what.sqlState === 'tls') : undefined;
    const changed: Readonly<Record<string, string>> =
      server !== undefined && 'sqlState' in what
        ? { DATABASE_URL: `postgres://locksmith:CANARY@127.0.0.1:${server.port}/l${what.query ?? ''}` }
        : 'file' in what
          ? { DATABASE_URL: `sqlite:${what.file(path)}` }
          : 'settings' in what
            ? what.settings
            : {};
    if ('sql' in what) {
      const database = new DatabaseSync(path);
      database.exec(`${dropGuards.sqlite} ${what.sql}`);
      database.close();
    }
    const { text, status } = await runCommand({ ...good, ...changed });
    await server?.close();
    const said = 'says' in what ? what.says : words;
    const line = text.split('\n').find((one) => one.startsWith(what.mark) && one.includes(said));
    expect(line ?? text).toContain(said);
    expect(text).toContain(`→ ${adviceOn(code)}`);
    expect(text).not.toContain('CANARY');
    expect(status).toBe(1);
  });
});

const programs = findPostgres();
const bouncer = findPgBouncer();
const [real, why] =
  programs.kind === 'found' && bouncer.kind === 'found'
    ? [describe, '']
    : [describe.skip, ` (skipped: ${programs.kind === 'missing' ? programs.why : 'PgBouncer is not installed'})`];

real(`npm run doctor and what a real server answers${why}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server.stop());

  it('tells a pooler that shares sessions, and a clock of the server that is another', async () => {
    const url = await server.createDatabase();
    const good = productionEnvironment(folder, url);
    await makeDatabase(good);
    const pooler = await startPgBouncer(bouncer, url, { pool_mode: 'transaction' });
    const through = await runCommand({ ...good, DATABASE_URL: pooler.through(url) });
    await pooler.stop();
    const words = documented.find(({ code }) => code === 'pooler-shares-sessions')?.words ?? '';
    expect(through.text).toMatch(/^WRONG +store +A connection pooler /m);
    expect(through.text).toContain(words);
    expect(through.text).toContain(`→ ${storeAdvice['pooler-shares-sessions']}`);
    const clock = { ...systemClock, now: () => systemClock.now() + 600_000 };
    const late = await runCommand(good, { ...noNetwork, clock });
    expect(late.text).toMatch(/^WRONG +store +its clock is 6\d\d s off this machine’s$/m);
    expect(late.text).toContain('→ Have both machines keep their time by a time server (NTP).');
    expect([through.status, late.status]).toEqual([1, 1]);
  }, 60_000);
});
