import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { readErrorCode } from '../../src/base/errors.ts';
import type { LogEvent } from '../../src/base/log.ts';
import { asId, type QuestionId, type ResetRequestId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import { makeReference } from '../../src/reset/reference.ts';
import { states as table } from '../../src/reset/states.ts';
import { storedCredentials } from '../../src/sign-in/stored-credentials.ts';
import type { StoreRole } from '../../src/store/database/database.ts';
import type { Store } from '../../src/store/open-store.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { formatFreezes } from '../../src/texts/thaw.ts';
import { type PastTheStore, reachPastTheStore } from '../support/past-the-store.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { readAuditRecords } from '../support/read-audit-records.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { readFixture, readRecorded, type RecordedStory, withoutLaterWords } from './upgrade/recorded.ts';
import { endOfRecorded } from './upgrade/later-ends.ts';
import { withoutLaterWording } from './upgrade/later-wording.ts';
import { createShowing } from './upgrade/showing.ts';
import { checkTrail, createUpgradeWorld, mapLabelsToIds, openAt, runToEnd } from './upgrade/world.ts';

const programs = findPostgres();
const { keys, app, signIn, stories } = readRecorded();
const sealer = createSealer(
  keys.sealing.map((key) => new Secret(key)),
  () => {
    throw new Error('nothing is sealed here');
  },
);

/** Makes a new copy of the named fixture and returns its address. */
type Copy = (name: string) => Promise<string>;
/** Rewrites the column `details` of every row of a table, past the store. */
type Rewrite = (url: string, table: string, make: (details: string) => string) => Promise<void>;

/** Rewrites `details` as versions before 84dc7a8 wrote it: newer fields are absent, and `customerInferred` is a boolean. */
function asOlder(details: string): string {
  const newFields = new Set(['heldBy', 'timesGone', 'views', 'takeOvers', 'isTold', 'more']);
  return JSON.stringify(JSON.parse(details), (key, value: unknown) => {
    if (key === 'customerInferred' && value === 'context') return true;
    const isNothing = value === 0 || value === false || (Array.isArray(value) && value.length === 0);
    return value === null || (newFields.has(key) && isNothing) ? undefined : value;
  });
}

/**
 * Opens databases that commit 84dc7a8 wrote, with this version.
 *
 * A script ran that commit's own use cases and store at a fixed time, with made-up people, keys and passwords.
 * It left requests and questions in every state, a freeze, contacts, a sealed sign-in and the trail of it all.
 * The same script recorded in `before-rebuild.json` what that commit showed, and to which end it ran each request.
 * The SQLite file was copied; PostgreSQL 15 was dumped with `pg_dump --no-owner --no-privileges --inserts`.
 * The script needs that commit's modules and is not kept. Never write the fixtures anew with a later version.
 */
function describeUpgrade(kind: 'sqlite' | 'postgres', copy: Copy, rewrite: Rewrite): void {
  async function withStore<Result>(
    { at }: RecordedStory,
    url: string,
    role: StoreRole,
    use: (store: Store, clock: ReturnType<typeof createHandClock>) => Promise<Result>,
  ): Promise<Result> {
    const clock = createHandClock(at);
    const store = await openAt(url, clock, keys.audit, role);
    try {
      return await use(store, clock);
    } finally {
      await store.close();
    }
  }

  describe.each([
    ['requests in every state', 'before-rebuild', stories.all],
    ['a freeze of everything', 'before-rebuild-frozen', stories.frozen],
  ] as const)('with %s', (_what, name, story) => {
    const recorded = story.databases[kind];
    const head = { number: recorded.trail.rows, hash: recorded.trail.head };
    const find = async (store: Store, id: string) => {
      const request = await store.resets.find(asId<ResetRequestId>(id));
      if (request === undefined) throw new Error(`no request ${id}`);
      return request;
    };
    let untouched: string;
    /** On SQLite each lease is ended by a step of its own, which the recorded version does not count. */
    let ended: readonly (string | undefined)[];
    const withoutEnded = <Shown extends { readonly version: number }>(shown: Shown, row: string): Shown => ({
      ...shown,
      version: shown.version - ended.filter((one) => one === row).length,
    });
    beforeAll(async () => {
      untouched = await copy(name);
      // Only the bot migrates. The readers below need its migrations.
      await withStore(story, untouched, 'bot', () => Promise.resolve());
      const later = await readAuditRecords(new Secret(untouched), head.number);
      ended = later.flatMap((record) => (record.kind === 'lease-ended' ? [record.row] : []));
    }, 60_000);

    it('reads every request and shows it as recorded', async () => {
      const showing = createShowing(story.at, keys.sealing);
      await withStore(story, untouched, 'reader', async (store) => {
        const all = await store.resets.history('everybody', 100_000);
        expect(all.map(({ id }) => id).toSorted()).toStrictEqual(recorded.requests.toSorted());
        const shown = [];
        for (const id of recorded.requests) {
          const now = withoutEnded(showing.request(await find(store, id)), `reset_requests/${id}`);
          shown.push([story.requests[id]?.label, withoutLaterWords(now)]);
        }
        expect(shown).toStrictEqual(
          recorded.requests.map((id) => [story.requests[id]?.label, withoutLaterWords(story.requests[id]?.shown)]),
        );
      });
    });

    it('has given every request a reference of its own', async () => {
      const past = await reachPastTheStore(new Secret(untouched));
      try {
        const rows = await past.rows('reset_requests');
        expect(rows.map(({ id, reference }) => [id, reference])).toStrictEqual(
          rows.map(({ id }) => [id, makeReference(asId<ResetRequestId>(String(id)))]),
        );
        expect(rows.map(({ id }) => String(id)).toSorted()).toStrictEqual(recorded.requests.toSorted());
      } finally {
        await past.close();
      }
    });

    it('reads every question and shows it as recorded', async () => {
      const showing = createShowing(story.at, keys.sealing);
      await withStore(story, untouched, 'reader', async (store) => {
        for (const id of recorded.questions) {
          const question = await store.questions.find(asId<QuestionId>(id));
          const now = question && withoutEnded(showing.question(question), `open_questions/${id}`);
          expect(withoutLaterWording(now)).toStrictEqual(withoutLaterWording(story.questions[id]?.shown));
        }
      });
    });

    it('reads rows of still older versions and shows them as recorded', async () => {
      const url = await copy(name);
      for (const table of ['reset_requests', 'open_questions']) await rewrite(url, table, asOlder);
      const showing = createShowing(story.at, keys.sealing);
      await withStore(story, url, 'bot', async (store) => {
        for (const id of recorded.requests) {
          const now = withoutEnded(showing.request(await find(store, id)), `reset_requests/${id}`);
          expect(withoutLaterWords(now)).toStrictEqual(withoutLaterWords(story.requests[id]?.shown));
        }
        for (const id of recorded.questions) {
          const question = await store.questions.find(asId<QuestionId>(id));
          const now = question && withoutEnded(showing.question(question), `open_questions/${id}`);
          expect(withoutLaterWording(now)).toStrictEqual(withoutLaterWording(story.questions[id]?.shown));
        }
      });
    });

    it('verifies the trail to its recorded head and finds its tables unaltered', async () => {
      const answer = await checkTrail(untouched, keys.audit, [head]);
      if (answer.kind === 'broken') throw new Error('the trail is broken');
      // After it there is one record for each row that the upgrade has signed, and on SQLite one for each lease that it ended.
      const { requests, questions, freezes, contacts } = recorded;
      const known = requests.length + questions.length + freezes.inForce.length + contacts.length;
      const later = await readAuditRecords(new Secret(untouched), head.number);
      expect(later.filter(({ kind: of }) => of === 'row-signed').length).toBeGreaterThanOrEqual(known);
      expect(later.filter(({ kind: of }) => of !== 'row-signed' && of !== 'lease-ended')).toStrictEqual([]);
      expect(answer.rows).toBe(head.number + later.length);
    });

    it('reads freezes, contacts, the sealed sign-in and the open work', async () => {
      await withStore(story, untouched, 'reader', async (store) => {
        const inForce = await store.freezes.inForce();
        expect(inForce.map(({ customer }) => customer?.id ?? '*')).toStrictEqual(recorded.freezes.inForce);
        expect(formatFreezes(inForce)).toBe(recorded.freezes.says);
        const tenant =
          story.people.length > 0 ? (await find(store, recorded.requests[0] ?? '')).technician.tenantId : undefined;
        const contacts = tenant === undefined ? [] : await store.contacts.latest(tenant, 100);
        expect(JSON.parse(JSON.stringify(contacts))).toStrictEqual(recorded.contacts);
        expect(await store.openWork()).toEqual(recorded.openWork);
        expect(await store.missingKeys(sealer)).toStrictEqual([]);
        const kept = await store.tokens.read();
        expect(kept).toEqual(recorded.tokens);
        if (kept === undefined) return;
        const credential = { kind: 'secret', secret: new Secret('none') } as const;
        const opened = storedCredentials.open(sealer, { ...app, credential }, kept.sealed);
        if (opened.kind !== 'opened') throw new Error(`the sign-in is ${opened.kind}`);
        const reveal = (secret: Secret) => secret.reveal((text) => text);
        expect({
          accessToken: reveal(opened.credentials.accessToken),
          cache: reveal(opened.credentials.cache),
          account: opened.credentials.account,
        }).toStrictEqual(signIn);
      });
    });

    it('runs every request and question to its recorded end', async () => {
      const url = await copy(name);
      await withStore(story, url, 'bot', async (store, clock) => {
        await store.checkSealing(sealer);
        const world = createUpgradeWorld(store, clock, keys.sealing, story.people);
        await runToEnd(world, store, mapLabelsToIds(Object.entries(story.requests), Object.entries(story.questions)));
        expect(world.wrong()).toStrictEqual([]);
        const requests = recorded.requests.flatMap((id) => {
          const request = story.requests[id];
          return request === undefined ? [] : [{ ...request, id, end: endOfRecorded(request) }];
        });
        const ends = [];
        for (const { id, label } of requests) ends.push([label, await world.endOf(id)]);
        expect(ends).toHaveLength(recorded.requests.length);
        expect(ends).toStrictEqual(requests.map(({ label, end }) => [label, end]));
        for (const id of recorded.questions) expect(await world.endOfQuestion(id)).toBe(story.questions[id]?.end);

        // A password that was sealed before is the one that is sent and shown. No other one is made for the request.
        for (const { id, shown, end } of requests) {
          if (shown.password === undefined) continue;
          const put = world.put.filter(({ request }) => request === id).map(({ password }) => password);
          expect(put).toStrictEqual(Array.from({ length: end.put }, () => shown.password));
          if (end.sent > 0) expect(world.sentPasswords()).toContain(shown.password);
        }

        // No request is under way any more, and no password is left.
        const { states, overdue } = await store.openWork();
        expect(states.filter(({ count }) => count > 0)).toStrictEqual([]);
        expect(overdue).toBe(0);
        for (const { state, sealedPassword } of await store.resets.history('everybody', 100_000)) {
          expect(table[state].next).toStrictEqual([]);
          expect(sealedPassword).toBeUndefined();
        }
      });
      expect(await checkTrail(url, keys.audit, [head])).toMatchObject({ kind: 'whole', beforeChain: 0 });
    }, 120_000);
  });

  /** Changes the old database past any store, and says what the first start makes of its rows. */
  const takeOver = async (change: (past: PastTheStore) => Promise<unknown>) => {
    const url = await copy('before-rebuild-frozen');
    const past = await reachPastTheStore(new Secret(url));
    await past.dropGuards();
    await change(past);
    await past.close();
    const lines: LogEvent[] = [];
    const store = await openAt(url, createHandClock(stories.frozen.at), keys.audit, 'bot', (line) => lines.push(line));
    const requests = stories.frozen.databases[kind].requests.map((id) => asId<ResetRequestId>(id));
    const found = await Promise.all(requests.map((id) => store.resets.find(id).catch(readErrorCode)));
    const freezes = await store.freezes.inForce().catch(readErrorCode);
    await store.close();
    return { lines: lines.filter(({ event }) => event.startsWith('rows-')), found, freezes };
  };

  it('takes no row over where the trail does not verify, and says so', async () => {
    const { lines, found, freezes } = await takeOver((past) =>
      past.set('audit_records', { actor: 'somebody else' }, 'number = 3'),
    );
    expect(lines).toStrictEqual([{ level: 'error', event: 'rows-not-taken-over', row: 3 }]);
    expect(new Set(found)).toStrictEqual(new Set(['row-altered']));
    expect(freezes).toBe('row-altered');
  });

  it('leaves out a request that stands there otherwise than in the trail', async () => {
    const { lines, found, freezes } = await takeOver((past) =>
      past.set('reset_requests', { state: 'approved' }, "state = 'refused'"),
    );
    const left = found.filter((one) => one === 'row-altered').length;
    expect(left).toBeGreaterThan(0);
    expect(lines).toMatchObject([{ level: 'info', event: 'rows-taken-over', leftOut: left }]);
    expect(freezes).toHaveLength(2);
  });

  it('takes no freeze over where one is missing that the trail knows', async () => {
    const { lines, found, freezes } = await takeOver((past) => past.run("delete from freezes where scope = '*'"));
    expect(lines).toMatchObject([{ event: 'rows-taken-over', leftOut: 1 }]);
    expect(found).not.toContain('row-altered');
    expect(freezes).toBe('row-altered');
  });

  it('contains a request in every state', () => {
    const states = stories.all.databases[kind].requests.map((id) => stories.all.requests[id]?.shown.state);
    expect(new Set(states)).toStrictEqual(new Set(Object.keys(table)));
  });

  it('refuses another audit key', async () => {
    const other = Buffer.alloc(32, 1).toString('base64');
    const url = await copy('before-rebuild-frozen');
    const clock = createHandClock(stories.frozen.at);
    await expect(openAt(url, clock, other)).rejects.toMatchObject({ code: 'wrong-audit-key' });
    // That has changed nothing: the right key still takes the rows over.
    const store = await openAt(url, clock, keys.audit);
    expect(await store.freezes.inForce()).toHaveLength(2);
    await store.close();
    expect((await checkTrail(url, other, [])).kind).toBe('broken');
    await expect(openAt(url, clock, other)).rejects.toMatchObject({ code: 'wrong-audit-key' });
  });
}

describe('a database from before the rebuild, in SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-upgrade-'));
  let copies = 0;
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const copy: Copy = (name) => {
    copies += 1;
    const path = join(folder, `copy-${copies}.db`);
    writeFileSync(path, readFixture(`${name}.db`), { mode: 0o600 });
    return Promise.resolve(`sqlite:${path}`);
  };
  const rewrite: Rewrite = (url, table, make) => {
    const database = new DatabaseSync(url.slice('sqlite:'.length));
    for (const row of database.prepare(`select id, details from ${table}`).all()) {
      const details = make(String(row['details']));
      database.prepare(`update ${table} set details = ? where id = ?`).run(details, String(row['id']));
    }
    database.close();
    return Promise.resolve();
  };
  describeUpgrade('sqlite', copy, rewrite);
});

const [suite, where] =
  programs.kind === 'found' ? [describe, 'in PostgreSQL'] : [describe.skip, `in PostgreSQL (skipped: ${programs.why})`];

suite(`a database from before the rebuild, ${where}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs, { fsync: false });
  }, 60_000);
  afterAll(() => server.stop());

  const withClient = async (url: string, use: (client: Client) => Promise<unknown>): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await use(client);
    } finally {
      await client.end();
    }
  };
  const copy: Copy = async (name) => {
    const url = await server.createDatabase();
    await withClient(url, (client) => client.query(readFixture(`${name}.sql`).toString()));
    return url;
  };
  const rewrite: Rewrite = (url, table, make) =>
    withClient(url, async (client) => {
      const { rows } = await client.query<{ id: string; details: string }>(`select id, details from ${table}`);
      for (const { id, details } of rows) {
        await client.query(`update ${table} set details = $1 where id = $2`, [make(details), id]);
      }
    });
  describeUpgrade('postgres', copy, rewrite);
});
