import { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterEach, expect, it } from '@jest/globals';
import { createPretendTickets } from '../../support/pretend-tickets.ts';
import { createResetWorld, robin, said, sam } from '../../support/reset-world.ts';

const minute = 60_000;
// oxlint-disable-next-line typescript/unbound-method -- called on a statement each time
const { all, run } = StatementSync.prototype;

afterEach(() => {
  Object.assign(StatementSync.prototype, { all, run });
});

/** The text of every statement that any SQLite database of this process is asked from now on. */
function watchStatements(): ReadonlySet<string> {
  const asked = new Set<string>();
  Object.assign(StatementSync.prototype, {
    all(this: StatementSync, ...given: Parameters<typeof all>) {
      asked.add(this.sourceSQL);
      return all.apply(this, given);
    },
    run(this: StatementSync, ...given: Parameters<typeof run>) {
      asked.add(this.sourceSQL);
      return run.apply(this, given);
    },
  });
  return asked;
}

/** The plan reads a table that grows with every reset, or an index of it, from its beginning. */
const growing = /^SCAN (?:reset_requests|ticket_notes|open_questions|audit_records)\b/;

/** It ends after a few rows, or the index holds those alone that are not done. */
function isFew(detail: string, sql: string): boolean {
  const [, index = ''] = / USING (?:COVERING )?INDEX (\w+)/.exec(detail) ?? [];
  return /\blimit\b/.test(sql) ? index !== '' : /^(?:requests_(?:waiting|being_set|not_sealed))$/.test(index);
}

it('no statement of a reset, of its hiding or of a freeze reads all requests, notes or records there ever were', async () => {
  const world = await createResetWorld({ tickets: createPretendTickets().tickets });
  const asked = watchStatements();
  const first = world.boot('first');
  first.resets.start();
  const { id } = await world.ask(first);
  const confirmed = await first.resets.confirm(id, robin, { ...said, ticket: '4711' });
  if (confirmed.kind !== 'begun') throw new Error(confirmed.kind);
  await confirmed.done;
  await first.resets.acknowledge(id, robin);
  await world.pass(20 * minute);
  expect(await world.stands(id)).toMatchObject({ state: 'hidden' });
  await first.resets.freeze(sam, undefined);
  const since = world.clock.now() - minute;
  await Promise.all([world.notes.outstanding(since, 50), world.resets.waiting()]);
  await world.pass(minute);
  Object.assign(StatementSync.prototype, { all, run });
  const database = new DatabaseSync(
    world.url.reveal((url) => url.slice('sqlite:'.length)),
    { readOnly: true },
  );
  const scans: string[] = [];
  for (const sql of asked) {
    if (!/^\s*(select|insert|update|delete|with)/i.test(sql)) continue;
    const count = (sql.match(/\?/g) ?? []).length;
    const plan = database.prepare(`explain query plan ${sql}`).all(...Array.from({ length: count }, () => null));
    const details = plan.map(({ detail }) => String(detail));
    scans.push(
      ...details.filter((detail) => growing.test(detail) && !isFew(detail, sql)).map((one) => `${one}: ${sql}`),
    );
  }
  database.close();
  expect(asked.size).toBeGreaterThan(30);
  expect(scans).toEqual([]);
  await world.close();
});
