import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import type { AuditEntry } from '../../../src/reset/audit-entry.ts';
import { makeStep } from '../../../src/reset/step.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { inEmptyFolder } from '../../support/in-empty-folder.ts';
import { describeOnPostgres } from '../../support/describe-on-postgres.ts';
import { type AuditHouse, buildPostgresAuditHouse, buildSqliteAuditHouse, runCommand } from './audit-house.ts';

const key = auditKey.reveal((value) => value);
const otherKey = Buffer.alloc(32, 3).toString('base64');

/** One hand on the trail, and what is said of it. */
type Tampering = readonly [what: string, statements: string, says: RegExp];

const flipped: readonly string[] = [
  'at = at + 1',
  "kind = 'hidden'",
  "actor = 'x'",
  "instance = 'x'",
  "version = 'x'",
  "request_id = 'x'",
  "correlation_id = 'x'",
  "operation_id = 'x'",
  "customer_id = 'x'",
  "user_id = 'x'",
  "state_before = 'x'",
  "state_after = 'x'",
  'state_after = null',
  "row_key = 'x'",
  'row_mac = null',
  "frozen = 'x'",
  "facts = '{}'",
  "about = '{}'",
  "facts = 'nothing'",
  "hash = 'x'",
  `hash = '${'0'.repeat(64)}'`,
];

const tamperings: readonly Tampering[] = [
  ...flipped.map((change): Tampering => [
    change,
    `update audit_records set ${change} where number = 5`,
    /Row 5 was altered/,
  ]),
  ['a row deleted', 'delete from audit_records where number = 5', /Row 5 is missing\./],
  ['rows deleted', 'delete from audit_records where number in (5, 6)', /Rows 5 to 6 are missing\./],
  [
    'a row deleted and the gap closed',
    `delete from audit_records where number = 5;
        update audit_records set number = -number where number > 5;
        update audit_records set number = -number - 1 where number < 0`,
    /Row 5 is missing: the rows after it/,
  ],
  [
    'a row inserted',
    `update audit_records set number = -number where number > 4;
        update audit_records set number = -number + 1 where number < 0;
        insert into audit_records (number, at, kind, actor, instance, version, facts, about, hash)
          values (5, 1, 'delivered', 'x', 'first', '0.1.0', '{}', '{}', '${'a'.repeat(64)}')`,
    /inserted that was never written: it stands as 5, where row 5 belongs/,
  ],
  [
    'two rows swapped',
    `update audit_records set number = -5 where number = 5;
        update audit_records set number = 5 where number = 8;
        update audit_records set number = 8 where number = -5`,
    /row 5 was found as 8/,
  ],
  ['a row given another number', 'update audit_records set number = 900 where number = 5', /row 5 was found as 900/],
  [
    'the end cut off',
    'delete from audit_records where number > 8',
    /cut off: row 9 .* the database itself knows of row \d+/,
  ],
  ['the head set back', 'update audit_head set number = 5', /The head of the trail was altered/],
  ['another hash in the head', "update audit_head set hash = 'x'", /The head of the trail was altered/],
  ['no head', 'delete from audit_head', /The head of the trail was altered/],
  [
    'the check of the key',
    "update settings set value = '3:x' where name = 'audit-check'",
    /The key is the right one, but/,
  ],
  ['no check of the key', "delete from settings where name = 'audit-check'", /The key is the right one, but/],
];

const keep = `create table kept_records as select * from audit_records;
  create table kept_head as select * from audit_head;
  create table kept_settings as select * from settings`;
const restore = `delete from audit_records; insert into audit_records select * from kept_records;
  delete from audit_head; insert into audit_head select * from kept_head;
  delete from settings; insert into settings select * from kept_settings;
  drop table kept_records; drop table kept_head; drop table kept_settings`;

/** What the command says of a trail in every kind of store, with the bot running on it. */
function describeAuditCommand(build: () => Promise<AuditHouse>): void {
  let house: AuditHouse;
  let store: Store;
  let environment: { readonly DATABASE_URL: string; readonly AUDIT_KEY: string };
  const entry = (number: number): AuditEntry => ({
    at: Date.UTC(2026, 6, 1) + number,
    kind: 'click-refused',
    actor: 'somebody',
    facts: { reason: 'not-the-requester', nth: number },
  });
  const verify = (...args: readonly string[]) => runCommand(['verify', ...args], environment);

  beforeAll(async () => {
    house = await build();
    environment = { DATABASE_URL: house.url, AUDIT_KEY: key };
    store = await house.open();
    for (const number of [1, 2, 3, 4, 5, 6]) await store.resets.add(buildNumberedRequest(number), entry(number));
    for (const number of [7, 8, 9, 10, 11, 12]) await store.resets.record(entry(number), buildNumberedRequest(1).id);
  });

  afterAll(async () => {
    await store.close();
    await house.remove();
  });

  it('is refused by the database itself when somebody alters or deletes a record by mistake', async () => {
    await expect(house.run('update audit_records set at = 1')).rejects.toThrow('append-only');
    await expect(house.run('delete from audit_records')).rejects.toThrow('append-only');
    await expect(verify()).resolves.toMatchObject({ status: 0 });
  });

  describe('verify', () => {
    it('finds a trail whole while the bot writes on', async () => {
      const writing = store.resets.record(entry(13), undefined);
      const ran = await verify();
      await writing;
      expect(ran).toMatchObject({ status: 0, errors: '' });
      expect(ran.output).toMatch(
        /^The audit trail is whole: \d+ rows\. Head: \d+:[0-9a-f]{64}\nIt was checked against the key and against itself\. .*--heads LOG/,
      );
    });

    it.each(tamperings)('names the first row that is wrong: %s', async (_what, statement, says) => {
      await house.tamper(`${keep}; ${statement}`);
      const ran = await verify();
      await house.tamper(restore);
      expect(ran.output).toMatch(/^The audit trail is NOT as it was written\. /);
      expect(ran).toMatchObject({ status: 1, output: expect.stringMatching(says) });
    });

    it('finds an end that was cut off together with the head, by a head that was printed', async () => {
      const printed = await store.auditHead();
      await house.tamper(`${keep}; delete from audit_records where number > 8;
        update audit_head set number = 8, hash = (select hash from audit_records where number = 8)`);
      // The rows that the cut records were about are still there, and tell of it: only they, without a printed head.
      await expect(verify()).resolves.toMatchObject({
        status: 1,
        output: expect.stringMatching(
          /The audit trail is whole: 8 rows.*give the heads that the bot prints.*The rows are NOT as/s,
        ),
      });
      const ran = await verify('--head', `${printed?.number}:${printed?.hash}`);
      await house.tamper(restore);
      const says = `row 9 and those after it are missing; the log knows of row ${printed?.number}.`;
      expect(ran).toMatchObject({ status: 1, output: expect.stringContaining(says) });
    });

    it('takes heads from the log, whatever is around its lines', async () => {
      const head = await store.auditHead();
      const line = JSON.stringify({ at: 'x', level: 'info', event: 'audit-head', ...head });
      const log = `not json\n2026-07-01 bot | ${line}\n${JSON.stringify({ log: `${line}\n`, stream: 'stdout' })}\n`;
      const ran = await runCommand(['verify', '--heads', '-'], environment, log);
      expect(ran.output).toContain(`It holds all 2 heads that were given, the latest of row ${head?.number}.`);
      const alone = await verify('--head', `${head?.number}:${head?.hash}`);
      expect(alone.output).toContain(`It holds the head that was given, of row ${head?.number}.`);
      const bare = await runCommand(['verify', '--heads', '-'], environment, 'nothing\n');
      expect(bare).toMatchObject({ status: 2, errors: expect.stringContaining('There is no audit-head line in -') });
      const half = await runCommand(['verify', '--heads', '-'], environment, `${log}${line.slice(0, -9)}\n`);
      expect(half).toMatchObject({
        status: 0,
        errors: '1 line that names audit-head could not be read: a head that stands there was not checked.\n',
      });
      const none = await runCommand(['verify', '--heads', '-'], environment, `${line.slice(0, -9)}\n`);
      expect(none).toMatchObject({
        status: 2,
        errors: 'None of the 1 lines in - that name audit-head could be read.\n',
      });
    });

    it('says that the key is another one, and does not call that tampering where a printed head tells', async () => {
      const head = await store.auditHead();
      const args = ['verify', '--head', `${head?.number}:${head?.hash}`];
      const ran = await runCommand(args, { ...environment, AUDIT_KEY: otherKey });
      expect(ran).toMatchObject({ status: 1, output: expect.stringContaining('it is the key that is another one') });
      // On PostgreSQL a key of the sandbox is looked for in the working folder.
      const without = await inEmptyFolder(() => runCommand(['verify'], { ...environment, AUDIT_KEY: '' }));
      expect(without).toMatchObject({ status: 2, output: '', errors: expect.stringContaining('AUDIT_KEY is not set') });
    });

    it('finds no gap after steps that were taken back', async () => {
      const request = buildNumberedRequest(6);
      const step = makeStep(request, { state: 'approved' }, { at: 1, kind: 'approved', actor: 'robin' });
      const next = ((await store.auditHead())?.number ?? 0) + 1;
      await house.tamper(`insert into audit_records (number, at, kind, actor, instance, facts)
        values (${next}, 0, 'hidden', 'intruder', 'x', '{}')`);
      await expect(store.resets.swap(request, step)).rejects.toMatchObject({ name: 'StoreError' });
      await expect(store.resets.find(request.id)).resolves.toStrictEqual(request);
      await house.tamper(`delete from audit_records where number = ${next}`);
      await expect(store.resets.swap(request, step)).resolves.toMatchObject({ kind: 'swapped' });
      await expect(verify()).resolves.toMatchObject({
        status: 0,
        output: expect.stringContaining(`whole: ${next} rows`),
      });
    });

    it('finds whole what two bots wrote at the same time, and one after a restart', async () => {
      const before = (await store.auditHead())?.number ?? 0;
      const second = store.kind === 'sqlite' ? undefined : await house.open();
      const numbers = Array.from({ length: 40 }, (_none, number) => number);
      await Promise.all(
        numbers.map((number) => (number % 2 === 0 ? store : (second ?? store)).resets.record(entry(number), undefined)),
      );
      await second?.close();
      await store.close();
      store = await house.open();
      await store.resets.record(entry(99), undefined);
      const whole = `whole: ${before + 41} rows`;
      await expect(verify()).resolves.toMatchObject({ status: 0, output: expect.stringContaining(whole) });
    });
  });

  describe('export', () => {
    it('writes each record once, in order, and says where to go on', async () => {
      const last = (await store.auditHead())?.number ?? 0;
      const all = await runCommand(['export'], environment);
      expect(all).toMatchObject({ status: 0, errors: `Records written: ${last}. Next time: --from ${last + 1}\n` });
      const lines = all.output.trimEnd().split('\n');
      const numbers = lines.map((line) => /"number":(\d+)/.exec(line)?.[1]);
      expect(numbers).toStrictEqual(Array.from({ length: last }, (_none, index) => String(index + 1)));
      const rest = await runCommand(['export', '--from', String(last - 1)], environment);
      expect(rest.output).toBe(`${lines.slice(-2).join('\n')}\n`);
      await store.resets.record(entry(13), undefined);
      const next = await runCommand(['export', '--from', String(last + 1)], environment);
      expect(next.errors).toBe(`Records written: 1. Next time: --from ${last + 2}\n`);
    });

    it('refuses to go on from a row that is not there, and says what the last row is', async () => {
      const last = (await store.auditHead())?.number ?? 0;
      const beyond = await runCommand(['export', '--from', String(last + 2)], environment);
      expect(beyond).toMatchObject({
        status: 1,
        output: '',
        errors: expect.stringMatching(
          `^There is no row ${last + 1} to go on from: the last row is ${last}\\. It was cut off or`,
        ),
      });
      await house.tamper(`${keep}; delete from audit_records where number = 5`);
      const missing = await runCommand(['export', '--from', '6'], environment);
      await house.tamper(restore);
      expect(missing).toMatchObject({ status: 1, output: '', errors: expect.stringMatching(/^Row 5 is not there/) });
    });

    it('stops at a row that is missing, and says which', async () => {
      await house.tamper(`${keep}; delete from audit_records where number = 5`);
      const ran = await runCommand(['export'], environment);
      await house.tamper(restore);
      expect(ran).toMatchObject({ status: 1, errors: expect.stringMatching(/^Row 5 is not there/) });
      expect(ran.output.trimEnd().split('\n')).toHaveLength(4);
    });
  });

  it('refuses to let a bot write on with another key', async () => {
    await store.close();
    await expect(house.open(new Secret(otherKey))).rejects.toMatchObject({
      name: 'StoreError',
      code: 'wrong-audit-key',
    });
    store = await house.open();
  });
}

describe('npm run audit on SQLite', () => {
  describeAuditCommand(() => Promise.resolve(buildSqliteAuditHouse()));
});

describeOnPostgres('npm run audit on PostgreSQL', (server) => {
  describeAuditCommand(() => buildPostgresAuditHouse(server));
});
