import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../../src/reset/audit-entry.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { makeStep } from '../../../src/reset/step.ts';
import { createAuditChain } from '../../../src/store/audit-trail/audit-chain.ts';
import { createAuditWriter } from '../../../src/store/audit-trail/audit-writer.ts';
import { beginChain } from '../../../src/store/audit-trail/chain-head.ts';
import type { Database } from '../../../src/store/database/database.ts';
import { createLogFlush, type ToDisk } from '../../../src/store/database/flush-log.ts';
import { migrate } from '../../../src/store/database/migrate.ts';
import { openSqlite } from '../../../src/store/database/sqlite.ts';
import { createResetStore } from '../../../src/store/requests/request-store.ts';
import { auditKey } from '../../support/audit-key.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildSqliteHouse, type SqliteHouse } from '../sqlite-house.ts';

const entry: AuditEntry = { at: 1, kind: 'proposed', actor: 'robin', facts: {} };

describe('SQLite’s log on its way to the disk', () => {
  let house: SqliteHouse;
  let opened: Database[];

  beforeEach(() => {
    house = buildSqliteHouse();
    opened = [];
  });

  afterEach(async () => {
    for (const database of opened) await database.close();
    await house.remove();
  });

  const openStore = async (toDisk: ToDisk) => {
    const database = openSqlite(house.path, 'bot', toDisk);
    opened.push(database);
    await migrate(database.db);
    const chain = createAuditChain(auditKey);
    await beginChain(database, chain);
    const wrote = (): void => undefined;
    const author = createAuditWriter({ kind: 'sqlite', instance: 'first', version: '0', chain, wrote });
    return { database, resets: createResetStore(database, author) };
  };

  /**
   * A disk that has what stood in the files when a flush began, once that flush has ended. Another process copies: this one would
   * give up SQLite's locks by closing the files.
   */
  const pretendDisk = () => {
    let copies = 0;
    let onDisk: string | undefined;
    const copy = (from: string): string => {
      copies += 1;
      const to = join(dirname(dirname(house.path)), `copy-${copies}`);
      mkdirSync(to);
      execFileSync('sh', ['-c', 'cp "$1"/locksmith.db "$1"/locksmith.db-wal "$2"', 'sh', from, to]);
      return to;
    };
    return {
      async flush(): Promise<void> {
        const copied = copy(dirname(house.path));
        for (let turns = 0; turns < 5; turns += 1) await turn();
        onDisk = copied;
      },
      /** The version of a request after a power cut at this moment; undefined where there is none. */
      versionAfterPowerCut({ id }: ResetRequest): number | undefined {
        if (onDisk === undefined) return undefined;
        const database = new DatabaseSync(join(copy(onDisk), 'locksmith.db'));
        const row = database.prepare('select version from reset_requests where id = ?').get(id);
        database.close();
        return Number(row?.['version']);
      },
    };
  };

  it('has arrived before anybody hears of what was written or read, however many write at once', async () => {
    const disk = pretendDisk();
    const { resets } = await openStore(() => disk.flush());
    const lost: unknown[] = [];
    const hold = (request: ResetRequest, said: string): void => {
      const version = disk.versionAfterPowerCut(request);
      if (!(version !== undefined && version >= request.version)) lost.push({ said, version, of: request.version });
    };
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (number) => {
        const request = buildNumberedRequest(number);
        await resets.add(request, entry);
        hold(request, 'added');
        const seen = Promise.all(
          [1, 2, 3].map(async (turns) => {
            for (let waited = 0; waited < turns; waited += 1) await turn();
            const read = await resets.find(request.id);
            if (read !== undefined) hold(read, 'read');
          }),
        );
        const step = makeStep(request, { cardIsOwed: true }, { at: 2, kind: 'card-posted', actor: 'locksmith' });
        await resets.swap(request, step);
        hold(step.after, 'swapped');
        await seen;
      }),
    );
    expect(lost).toStrictEqual([]);
  });

  it('takes one flush for all that was committed before it began', async () => {
    const flushes: (() => void)[] = [];
    let isHeld = false;
    const { resets } = await openStore(() =>
      isHeld ? new Promise((resolve) => flushes.push(resolve)) : Promise.resolve(),
    );
    isHeld = true;
    const done: number[] = [];
    const writing = [1, 2, 3, 4].map((number) =>
      resets.add(buildNumberedRequest(number), entry).then(() => void done.push(number)),
    );
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect({ flushes: flushes.length, done }).toStrictEqual({ flushes: 1, done: [] });
    flushes[0]?.();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect({ flushes: flushes.length, done }).toStrictEqual({ flushes: 2, done: [1] });
    flushes[1]?.();
    await Promise.all(writing);
    expect({ flushes: flushes.length, done }).toStrictEqual({ flushes: 2, done: [1, 2, 3, 4] });
  });

  it('is not flushed for what was only read', async () => {
    let flushes = 0;
    const { resets } = await openStore(() => {
      flushes += 1;
      return Promise.resolve();
    });
    await resets.add(buildNumberedRequest(1), entry);
    const before = flushes;
    await resets.find(buildNumberedRequest(1).id);
    await resets.due(1, 5);
    await resets.history('everybody', 5);
    await expect(resets.add(buildNumberedRequest(1), entry)).resolves.toBe('already-there');
    expect(flushes).toBe(before);
  });

  it('is never believed again after a flush that failed', async () => {
    let fails = false;
    const { resets } = await openStore(() =>
      fails ? Promise.reject(Object.assign(new Error('the disk is gone'), { code: 'EIO' })) : Promise.resolve(),
    );
    await resets.add(buildNumberedRequest(1), entry);
    fails = true;
    const refused = { name: 'StoreError', code: 'unreachable', databaseCode: 'EIO' };
    await expect(resets.add(buildNumberedRequest(2), entry)).rejects.toMatchObject(refused);
    fails = false;
    await expect(resets.add(buildNumberedRequest(3), entry)).rejects.toMatchObject(refused);
    await expect(resets.find(buildNumberedRequest(1).id)).rejects.toMatchObject(refused);
    await opened.pop()?.close();
    const again = await openStore(() => Promise.resolve());
    await expect(again.resets.find(buildNumberedRequest(1).id)).resolves.toBeDefined();
    await expect(again.resets.find(buildNumberedRequest(3).id)).resolves.toBeUndefined();
  });

  it('is the file that SQLite writes, brought there by the system itself', async () => {
    const { database, resets } = await openStore((file) => file.datasync());
    await resets.add(buildNumberedRequest(1), entry);
    expect(database.kind).toBe('sqlite');
    const flush = createLogFlush(`${house.path}-no-log`);
    flush.noteCommit();
    await expect(flush.untilOnDisk()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
