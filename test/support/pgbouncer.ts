import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

/** Where PgBouncer is and whom it runs as, or why there is none here. */
export type PgBouncerProgram =
  | { readonly kind: 'found'; readonly path: string; readonly user: { uid: number; gid: number } | undefined }
  | { readonly kind: 'missing'; readonly why: string };

/** A real PgBouncer on loopback before a real server. */
export type PgBouncer = {
  /** The address of the same database, through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
};

/** Looks for PgBouncer, where Debian's package puts it. It refuses to run as root, so for root a user `postgres` is needed. */
export function findPgBouncer(): PgBouncerProgram {
  const path = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((name) => existsSync(name));
  if (path === undefined) return { kind: 'missing', why: 'PgBouncer is not installed' };
  if (process.getuid?.() !== 0) return { kind: 'found', path, user: undefined };
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres']).stdout.toString() || NaN));
  if (uid === undefined || gid === undefined || !Number.isInteger(uid)) {
    return { kind: 'missing', why: 'PgBouncer does not run as root, and there is no user postgres' };
  }
  return { kind: 'found', path, user: { uid, gid } };
}

/** Starts one before the server at `url`, with its defaults but for what is given. */
export async function startPgBouncer(
  program: PgBouncerProgram,
  url: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<PgBouncer> {
  if (program.kind === 'missing') throw new Error(program.why);
  const home = mkdtempSync(join(tmpdir(), 'locksmith-pgbouncer-'));
  const port = await freePort();
  const behind = new URL(url);
  const given = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    auth_type: 'any',
    unix_socket_dir: '',
    ...settings,
  };
  const lines = [
    '[databases]',
    `* = host=127.0.0.1 port=${behind.port} user=locksmith`,
    '[pgbouncer]',
    ...Object.entries(given).map(([name, value]) => `${name} = ${value}`),
  ];
  const file = join(home, 'pgbouncer.ini');
  writeFileSync(file, `${lines.join('\n')}\n`);
  if (program.user !== undefined) {
    for (const path of [home, file]) chownSync(path, program.user.uid, program.user.gid);
  }
  const child = spawn(program.path, [file], { ...program.user, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error(`PgBouncer did not start: ${said.join('\n')}`));
    });
    createInterface(child.stderr).on('line', (line) => {
      said.push(line);
      if (line.includes('process up')) resolve();
    });
  });
  const end = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', end);
  return {
    through(address) {
      const same = new URL(address);
      same.port = String(port);
      return same.href;
    },
    async stop() {
      process.removeListener('exit', end);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
