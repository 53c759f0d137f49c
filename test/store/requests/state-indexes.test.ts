import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { Client } from 'pg';
import { type ResetState, statesWhere } from '../../../src/reset/states.ts';
import type { Schema } from '../../../src/store/database/database.ts';
import { stateLiterals } from '../../../src/store/requests/request-row.ts';
import { describeOnPostgres } from '../../support/describe-on-postgres.ts';
import { buildPostgresHouse } from '../postgres-house.ts';
import { buildSqliteHouse, type SqliteHouse } from '../sqlite-house.ts';

type Question = Parameters<typeof statesWhere>[0];
type StateList = { readonly is: 'in' | 'not in'; readonly states: readonly ResetState[] };

const isUnderWay: Question = ({ phase }) => phase === 'under-way';
const isOver: Question = ({ phase }) => phase === 'over';
const isNotSealed: Question = ({ password }) => password === 'none';
const isSealed: Question = ({ password }) => password === 'sealed';
const waitsForClosing: Question = ({ typedCancel }) => typedCancel === 'put-to-rest';

/** The indexes that hold only requests in some states, by the table of states; one state is a list of one. */
const byTable: Record<string, StateList> = {
  one_request_under_way: { is: 'in', states: statesWhere(isUnderWay) },
  open_proposals: { is: 'in', states: ['proposed'] },
  requests_being_set: { is: 'in', states: statesWhere(isSealed) },
  requests_not_sealed: { is: 'in', states: statesWhere(isNotSealed) },
  requests_shown: { is: 'in', states: ['delivered'] },
  requests_undelivered: { is: 'in', states: ['delivering'] },
  requests_unfinished: { is: 'not in', states: statesWhere(isOver) },
  requests_waiting: { is: 'in', states: statesWhere(waitsForClosing) },
};

/** Reads the states out of the text of an index; both databases write them between single quotes. */
function readStateList(text: string): StateList {
  const condition = text.slice(text.toLowerCase().indexOf(' where ') + 1);
  const states = new Set([...condition.matchAll(/'([^']+)'/g)].map(([, state]) => state));
  return {
    is: /not in|<> all/i.test(condition) ? 'not in' : 'in',
    states: statesWhere(() => true).filter((state) => states.has(state)),
  };
}

describe('the indexes of requests in some states, in SQLite', () => {
  let house: SqliteHouse;
  let database: DatabaseSync;
  beforeAll(async () => {
    house = buildSqliteHouse();
    await (await house.openStore()).close();
    database = new DatabaseSync(house.path);
  });
  afterAll(async () => {
    database.close();
    await house.remove();
  });

  it('hold the states that the table names', () => {
    const rows = database
      .prepare(
        `select name, sql from sqlite_master where type = 'index' and tbl_name = 'reset_requests' and sql like '%where state%' order by name`,
      )
      .all();
    const inDatabase = rows.map(({ name, sql }) => [String(name), readStateList(String(sql))]);
    expect(Object.fromEntries(inDatabase)).toEqual(byTable);
  });

  const compile = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  const requests = compile.selectFrom('reset_requests').selectAll();
  it.each([
    [
      'one_request_under_way',
      requests
        .where('customer_id', '=', 'a')
        .where('user_id', '=', 'b')
        .where('state', 'in', stateLiterals(isUnderWay)),
    ],
    ['requests_not_sealed', requests.where('customer_id', '=', 'a').where('state', 'in', stateLiterals(isNotSealed))],
    ['requests_being_set', requests.where('customer_id', '=', 'a').where('state', 'in', stateLiterals(isSealed))],
    [
      'requests_unfinished',
      requests
        .where('technician_id', '=', 'a')
        .where('technician_tenant_id', '=', 'b')
        .where('state', 'not in', stateLiterals(isOver))
        .orderBy('proposed_at', 'desc'),
    ],
    ['requests_waiting', requests.where('state', 'in', stateLiterals(waitsForClosing)).orderBy('proposed_at')],
  ])('serve a query that is derived from the table: %s', (index, query) => {
    const { sql, parameters } = query.compile();
    // SQLite may prefer another index that is as good; with this one demanded it fails if the index does not fit the query.
    const demanding = sql.replace('from "reset_requests"', `from "reset_requests" indexed by ${index}`);
    const plan = database.prepare(`explain query plan ${demanding}`).all(...parameters.map(String));
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining(`USING INDEX ${index}`)]);
  });
});

describeOnPostgres('the indexes of requests in some states, in PostgreSQL', (server) => {
  it('hold the states that the table names', async () => {
    const house = await buildPostgresHouse(server);
    await (await house.open()).close();
    const client = new Client({ connectionString: house.url });
    await client.connect();
    const { rows } = await client.query<{ indexname: string; indexdef: string }>(
      `select indexname, indexdef from pg_indexes where tablename = 'reset_requests' and indexdef like '%WHERE (state%'`,
    );
    await client.end();
    const inDatabase = rows.map(({ indexname, indexdef }) => [indexname, readStateList(indexdef)]);
    expect(Object.fromEntries(inDatabase)).toEqual(byTable);
  });
});
