import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { makeMemoryFolder } from './memory-folder.ts';
import { own } from './own.ts';

/** Where the server's programs are and whom they run as, or why there is no server here. */
export type PostgresPrograms =
  | { readonly kind: 'found'; readonly folder: string; readonly user: { uid: number; gid: number } | undefined }
  | { readonly kind: 'missing'; readonly why: string };

/** A real server on loopback with its data in a temporary folder. */
export type PostgresServer = {
  /** Where it keeps everything. */
  readonly folder: string;
  /** Makes a database, empty or a copy of another one that no one is connected to, and gives its address. */
  createDatabase(like?: string): Promise<string>;
  /** Removes a database that no one is connected to any more, where a great many are made. */
  dropDatabase(url: string): Promise<void>;
  /**
   * Waits until no transaction is under way. One whose program stands still holds its locks until the server ends it, 15
   * seconds later.
   */
  untilNoTransaction(): Promise<void>;
  /** Ends the server at once, without writing anything down any more. */
  crash(): Promise<void>;
  /** The same without asking it: the server and every process of it are killed. */
  kill(): Promise<void>;
  /** Starts it again after a crash, on the same data and port. */
  restart(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
};

/** Looks for a PostgreSQL server's programs. The server refuses to run as root, so for root a user `postgres` is needed. */
export function findPostgres(): PostgresPrograms {
  const told = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout;
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const folders = [...(told ? [told.trim()] : []), ...versions.map((name) => join('/usr/lib/postgresql', name, 'bin'))];
  const folder = folders.find((name) => existsSync(join(name, 'initdb')) && existsSync(join(name, 'postgres')));
  if (folder === undefined) return { kind: 'missing', why: 'no PostgreSQL server is installed' };
  if (process.getuid?.() !== 0) return { kind: 'found', folder, user: undefined };
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout || NaN),
  );
  if (!Number.isInteger(uid) || uid === undefined || gid === undefined) {
    return { kind: 'missing', why: 'PostgreSQL does not run as root, and there is no user postgres' };
  }
  return { kind: 'found', folder, user: { uid, gid } };
}

/**
 * Starts a server; it answers when this returns. `findPostgres` has to be asked first. With `fsync` off its data are in
 * memory where they may be: what it has committed still outlives the end of its processes, only not of the machine.
 */
export async function startPostgres(
  programs: PostgresPrograms,
  { fsync = true }: { readonly fsync?: boolean } = {},
): Promise<PostgresServer> {
  if (programs.kind === 'missing') throw new Error(programs.why);
  const { folder, user } = programs;
  const home = fsync ? mkdtempSync(join(tmpdir(), 'locksmith-postgres-')) : makeMemoryFolder('locksmith-postgres-');
  if (user !== undefined) chownSync(home, user.uid, user.gid);
  const options = { ...user, cwd: home, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
  const data = join(home, 'data');
  await putFreshData(join(folder, 'initdb'), data, options);
  const port = await findFreePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `fsync=${fsync ? 'on' : 'off'}`,
    'autovacuum=off',
  ];
  const serving = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const start = () =>
    untilReady(spawn(join(folder, 'postgres'), serving, { ...options, stdio: ['ignore', 'ignore', 'pipe'] }));
  let server = await start();
  const end = () => {
    server.kill('SIGQUIT');
  };
  process.once('exit', end);
  const address = (database: string) => `postgres://locksmith@127.0.0.1:${port}/${database}`;
  // One connection serves every command: making one costs as much as half a database.
  let connected: Promise<Client> | undefined;
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: address('postgres') });
    const forget = (): void => {
      connected = undefined;
    };
    client
      .once('error', forget)
      .once('end', forget)
      .on('error', () => undefined);
    await client.connect();
    return client;
  };
  const command = async (text: string): Promise<readonly unknown[]> => {
    connected ??= connect();
    const { rows } = await (await connected).query(text);
    return rows;
  };
  const [version] = await command('show server_version_num');
  // From 15 on a database is copied page by page through the log, which takes five times as long.
  const copying = Number(own(version, 'server_version_num')) >= 150_000 ? ' strategy file_copy' : '';
  return {
    folder: data,
    async createDatabase(like) {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      const template = like === undefined ? 'template1' : databaseOf(like);
      await command(`create database ${name} template ${template}${copying}`);
      return address(name);
    },
    async dropDatabase(url) {
      await command(`drop database ${databaseOf(url)} with (force)`);
    },
    async untilNoTransaction() {
      for (let looked = 0; looked < 600; looked += 1) {
        const [found] = await command(
          `select count(*)::int as open from pg_stat_activity where datname <> 'postgres' and state <> 'idle'`,
        );
        if (own(found, 'open') === 0) return;
        await wait(50);
      }
      throw new Error('a transaction is under way for longer than the server allows');
    },
    crash: () => endAndWait(server),
    kill: () => killAll(server),
    async restart() {
      server = await start();
    },
    async stop() {
      process.removeListener('exit', end);
      await endAndWait(server);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const run = promisify(execFile);
const kept = resolve(import.meta.dirname, '../../node_modules/.cache/locksmith');

/** Puts what `initdb` makes at `data`. It is made once, and a copy of it is kept: that takes a tenth of the processor's time. */
async function putFreshData(initdb: string, data: string, options: { readonly cwd: string }): Promise<void> {
  const { stdout: version } = await run(initdb, ['--version']);
  const copy = join(kept, version.trim().replaceAll(/[^\w.]+/g, '-'));
  if (existsSync(copy)) {
    // Owners are kept too: as root, the data are those of the user `postgres`.
    await run('cp', ['-a', copy, data]);
    return;
  }
  const making = ['-D', data, '-U', 'locksmith', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'];
  await run(initdb, making, options);
  const beside = `${copy}.${randomUUID()}`;
  mkdirSync(kept, { recursive: true });
  await run('cp', ['-a', data, beside]);
  try {
    renameSync(beside, copy);
  } catch {
    // Another worker was first.
    rmSync(beside, { recursive: true });
  }
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** SIGQUIT is PostgreSQL's immediate shutdown: nothing is written down any more. */
function endAndWait(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', () => {
      resolve();
    });
    server.kill('SIGQUIT');
  });
}

/** Where processes cannot be listed the server is asked to end at once, which comes to the same. */
async function killAll(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  if (!existsSync('/proc/self/stat')) return endAndWait(server);
  // Stopped, it starts no new process between the look and the kill.
  server.kill('SIGSTOP');
  const children = findProcesses(({ parent }) => parent === server.pid);
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  for (const { pid } of children) process.kill(pid, 'SIGKILL');
  await gone;
  const isLeft = ({ pid, isDead }: FoundProcess): boolean => !isDead && children.some((child) => child.pid === pid);
  while (findProcesses(isLeft).length > 0) await wait(5);
}

type FoundProcess = { readonly pid: number; readonly parent: number; readonly isDead: boolean };

/** https://www.kernel.org/doc/html/latest/filesystems/proc.html: after the name in brackets come the state and the parent. */
function findProcesses(fits: (found: FoundProcess) => boolean): readonly FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const [state, parent] = readStat(name).split(') ').at(-1)?.split(' ') ?? [];
      return parent === undefined ? [] : [{ pid: Number(name), parent: Number(parent), isDead: state === 'Z' }];
    })
    .filter(fits);
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

function untilReady(server: ChildProcess): Promise<ChildProcess> {
  const { stderr } = server;
  if (stderr === null) throw new Error('the server has no log');
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    server.once('exit', () => {
      reject(new Error(`PostgreSQL did not start: ${said.join('\n')}`));
    });
    createInterface(stderr).on('line', (line) => {
      said.push(line);
      if (line.includes('database system is ready to accept connections')) resolve(server);
    });
  });
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
