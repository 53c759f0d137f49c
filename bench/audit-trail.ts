import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { exportTrail } from '../src/audit/export-trail.ts';
import { verifyChain } from '../src/audit/verify-chain.ts';
import { systemClock } from '../src/base/clock.ts';
import { Secret } from '../src/base/secret.ts';
import { createAuditChain } from '../src/store/audit-trail/audit-chain.ts';
import { openTrail } from '../src/store/audit-trail/open-trail.ts';
import { openStore } from '../src/store/open-store.ts';
import { auditKey } from '../test/support/audit-key.ts';
import { fillTrail } from '../test/support/fill-trail.ts';
import { findPostgres, startPostgres } from '../test/support/postgres.ts';

/** How many records: 100,000 unless the command line says otherwise. */
const [, , given = '100000'] = process.argv;
const count = Number(given);

/** Fills a trail, checks it and exports it, and says how fast each went and how much memory it took. */
async function measure(name: string, url: string): Promise<void> {
  const store = await openStore({ url: new Secret(url), clock: systemClock, instance: 'bench', auditKey });
  const fill = await timed(() => fillTrail(url, count));
  const trail = await openTrail(new Secret(url));
  const chain = createAuditChain(auditKey);
  const before = process.memoryUsage().rss;
  let most = before;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  const check = await timed(async () => {
    const { kind } = await verifyChain({ trail, chain, progress: look });
    if (kind !== 'whole') throw new Error('the trail is not whole');
  });
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      look();
      done();
    },
  });
  const write = await timed(() => exportTrail(trail, 1, nowhere));
  const say = ({ seconds, cpu }: Time): string =>
    `${Math.round(count / seconds).toLocaleString('en')}/s (${seconds.toFixed(1)} s, of which ${cpu.toFixed(1)} s of our own CPU)`;
  process.stdout.write(
    `${name}: ${count.toLocaleString('en')} records; checked ${say(check)}, exported ${say(write)}, ` +
      `written in batches ${say(fill)}; ${Math.round((most - before) / 2 ** 20)} MiB more memory\n`,
  );
  await trail.close();
  await store.close();
}

type Time = { readonly seconds: number; readonly cpu: number };

async function timed(work: () => Promise<unknown>): Promise<Time> {
  const start = performance.now();
  const used = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

const folder = mkdtempSync(join(tmpdir(), 'locksmith-bench-'));
await measure('SQLite', `sqlite:${join(folder, 'locksmith.db')}`);
rmSync(folder, { recursive: true });
const programs = findPostgres();
if (programs.kind === 'found') {
  const server = await startPostgres(programs, { fsync: false });
  await measure('PostgreSQL', await server.createDatabase());
  await server.stop();
} else {
  process.stdout.write(`PostgreSQL: skipped, ${programs.why}\n`);
}
