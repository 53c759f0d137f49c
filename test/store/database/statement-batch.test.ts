import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../../src/store/database/database.ts';
import { openPostgres } from '../../../src/store/database/postgres.ts';
import { createBatch, requireAffected, sendTogether } from '../../../src/store/database/statement-batch.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../../support/postgres.ts';

const programs = findPostgres();

const [suite, name] =
  programs.kind === 'found'
    ? [describe, 'a batch of statements']
    : [describe.skip, `a batch of statements (skipped: ${programs.why})`];

suite(name, () => {
  let server: PostgresServer;
  let proxy: Awaited<ReturnType<typeof startHoldingProxy>>;
  let database: Database;

  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server.stop());

  beforeEach(async () => {
    const url = new URL(await server.createDatabase());
    proxy = await startHoldingProxy(Number(url.port));
    url.port = String(proxy.port);
    database = openPostgres(url.href, 'bot', undefined);
    await sql`create table settings (name text primary key, value text)`.execute(database.db);
  });

  afterEach(async () => {
    await database.close();
    proxy.close();
  });

  const settings = async () => database.db.selectFrom('settings').selectAll().orderBy('name').execute();
  const insert = (setting: string) => database.db.insertInto('settings').values({ name: setting, value: 'new' });

  it('is sent whole before the first answer comes, and each statement gets its own answer', async () => {
    await database.db.transaction().execute(async (trx) => {
      const batch = createBatch();
      const [one, two, three] = [1, 2, 3].map((number) =>
        batch.add(trx.selectNoFrom((eb) => eb.lit(number).as(`answer_${number}`))),
      );
      proxy.holdAnswersUntil('answer_3');
      await sendTogether(trx, batch);
      expect([one?.().rows, two?.().rows, three?.().rows]).toEqual([
        [{ answer_1: 1 }],
        [{ answer_2: 2 }],
        [{ answer_3: 3 }],
      ]);
    });
  });

  it('throws what failed first, and nothing of it remains', async () => {
    const batch = createBatch();
    for (const setting of ['one', 'one', 'two']) batch.add(insert(setting));
    const work = database.db.transaction().execute((trx) => sendTogether(trx, batch));
    // A duplicate key, not the transaction that is aborted by it.
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(await settings()).toEqual([]);
  });

  it('throws where a write has changed another number of rows than it had to', async () => {
    const batch = createBatch();
    batch.add(insert('one'));
    const missing = database.db.updateTable('settings').set({ value: 'x' }).where('name', '=', 'nobody');
    batch.add(missing, requireAffected(1, 'audit-not-kept'));
    const work = database.db.transaction().execute((trx) => sendTogether(trx, batch));
    await expect(work).rejects.toMatchObject({ code: 'audit-not-kept' });
    expect(await settings()).toEqual([]);
  });

  it('does not give the answer to a statement that was not sent', () => {
    const answer = createBatch().add(insert('one'));
    expect(answer).toThrow('not sent');
  });
});

/** Stands before a server, and can hold its answers back until the client has said something. */
async function startHoldingProxy(port: number) {
  const sockets = new Set<Socket>();
  let awaited: string | undefined;
  let held: (() => void)[] = [];
  const proxy: Server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (bytes) => {
      upstream.write(bytes);
      if (awaited === undefined || !bytes.includes(awaited)) return;
      awaited = undefined;
      for (const pass of held) pass();
      held = [];
    });
    upstream.on('data', (bytes) => {
      if (awaited === undefined) client.write(bytes);
      else held.push(() => client.write(bytes));
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    holdAnswersUntil(text: string): void {
      awaited = text;
    },
    close(): void {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}
