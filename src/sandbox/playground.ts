import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Clock, type Log, systemClock } from '../base/index.ts';
import { playgroundConfig } from './playground-config.ts';

export type PlaygroundOptions = {
  /** The port of 127.0.0.1 to listen on; 0 means any that is free. */
  readonly port: number;
  /** Where the bot takes activities, `http://127.0.0.1:3978/api/messages`; it may start later. */
  readonly botUrl: string;
  /** Where the configuration lies for as long as the start takes. */
  readonly dataFolder?: string;
  readonly log?: Log;
  /** The Node that runs it. */
  readonly node?: string;
  /** The script to run instead of the installed package. */
  readonly program?: string;
  /** The configuration to give it instead of `playgroundConfig`. */
  readonly config?: object;
  readonly clock?: Clock;
  /** Called once where the process ends by itself after the start. */
  readonly onEnd?: () => void;
};

export type Playground = {
  /** The address to open in a browser. */
  readonly url: string;
  /** Ends the process and resolves when it is gone; again is harmless. */
  stop(): Promise<void>;
};

/**
 * Runs Microsoft's Agents Playground as a process of its own, without telemetry or a browser. It listens on 127.0.0.1, reaches
 * this machine only, and ends when this process ends. Of its output the error alone that ended it is told, because the rest
 * repeats every message. Resolves when it can be used. Rejects with a `PlaygroundError`, and then leaves nothing running.
 * See https://learn.microsoft.com/microsoft-365/agents-sdk/test-with-toolkit-project.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { port, botUrl, dataFolder = tmpdir(), clock = systemClock, log, config = playgroundConfig } = options;
  const program = options.program ?? findPlayground();
  await mkdir(dataFolder, { recursive: true });
  const folder = await mkdtemp(join(dataFolder, 'playground-'));
  const configPath = join(folder, 'config.json');
  const logPath = join(folder, 'log.txt');
  try {
    await writeFile(configPath, JSON.stringify(config));
    const preload = new URL('./hold-to-loopback.ts', import.meta.url).href;
    const child = spawn(
      options.node ?? process.execPath,
      ['--import', preload, program, '-e', botUrl, '-c', 'msteams', '--dt', '-p', String(port)],
      {
        cwd: dataFolder,
        // Its own environment, not ours: ours may hold keys, a proxy, or settings that the Playground would follow.
        env: {
          TEAMSAPPTESTER_BROWSER: 'none',
          M365_AGENTS_PLAYGROUND_CONFIG_PATH: configPath,
          M365_AGENTS_PLAYGROUND_LOGFILE: logPath,
          APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
        },
        stdio: 'pipe',
        windowsHide: true,
      },
    );
    const start = await waitUntilReady(child, { port, clock });
    if (start.kind === 'failed') {
      await killProcess(child);
      throw new PlaygroundError(
        start.code,
        formatStartFailure(start.code, port),
        start.output + (await readFileIfPresent(logPath)),
      );
    }
    let stopping = false;
    let complaints = '';
    child.stderr.on('data', (text: string) => {
      complaints = (complaints + text).slice(-maxOutputLength);
    });
    child.once('close', (status) => {
      if (stopping) return;
      log?.({ level: 'error', event: 'playground-ended', status: status ?? 'killed', said: findError(complaints) });
      options.onEnd?.();
    });
    return {
      url: start.url,
      stop: async () => {
        stopping = true;
        await killProcess(child);
      },
    };
  } finally {
    // It has read its configuration by now, and without the folder it cannot write its log.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function formatStartFailure(code: PlaygroundError['code'], port: number): string {
  switch (code) {
    case 'port-taken':
      return `Microsoft’s Agents Playground cannot listen on port ${port}: something else does. Stop that, or set PLAYGROUND_PORT to another port.`;
    case 'ended-early':
      return 'Microsoft’s Agents Playground ended before it could be used.';
    case 'did-not-answer':
      return 'Microsoft’s Agents Playground was not ready in time. Start again, or set PLAYGROUND=off.';
    case 'could-not-run':
      return 'Microsoft’s Agents Playground could not be run.';
    case 'not-installed':
      return 'Microsoft’s Agents Playground is not installed.';
  }
}

/** The last error of what was printed, with where it came from, or its codes alone. The rest may repeat a message, and is left out. */
function findError(printed: string): string | undefined {
  const lines = stripVTControlCharacters(printed)
    .split('\n')
    .map((line) => line.trim());
  const first = lines.findLastIndex((line) => /^(?:\[?Uncaught |Unhandled: )?\w*(?:Error|Exception)\b/.test(line));
  if (first === -1)
    return lines
      .join(' ')
      .match(/\b(?:E[A-Z]{4,}|ERR_[A-Z_]+)\b/g)
      ?.join(' ');
  const places = lines.slice(first + 1).filter((line) => line.startsWith('at '));
  return [lines[first], ...places.slice(0, 3)].map((line = '') => line.slice(0, 200)).join(' ');
}

async function readFileIfPresent(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

type StartOutcome =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'failed'; readonly code: PlaygroundErrorCode; readonly output: string };

const startTimeoutMilliseconds = 20_000;
const maxOutputLength = 4_000;

/**
 * Waits until the Playground can be used, has ended, or 20 seconds have passed. It says `Listening on <port>` before it
 * reads its configuration, and answers `/_debug/ping` only after; on a taken port it quietly takes another one.
 */
async function waitUntilReady(
  child: ChildProcessWithoutNullStreams,
  { port, clock }: { readonly port: number; readonly clock: Clock },
): Promise<StartOutcome> {
  let output = '';
  let asked = false;
  const asking = new AbortController();
  const start = await new Promise<StartOutcome>((resolve) => {
    const fail = (code: PlaygroundErrorCode): void => {
      resolve({ kind: 'failed', code, output });
    };
    const forget = clock.after(startTimeoutMilliseconds, () => {
      fail('did-not-answer');
    });
    asking.signal.addEventListener('abort', forget);
    child.once('error', () => {
      fail('could-not-run');
    });
    child.once('close', () => {
      fail('ended-early');
    });
    const collect = (text: string): void => {
      if (output.length < maxOutputLength) output += text;
      const taken = Number(/^Listening on (\d+)$/m.exec(output)?.[1] ?? 0);
      if (taken === 0 || asked) return;
      asked = true;
      if (port !== 0 && taken !== port) {
        fail('port-taken');
        return;
      }
      const url = `http://127.0.0.1:${taken}`;
      void whenAnswered(`${url}/_debug/ping`, asking.signal, () => {
        resolve({ kind: 'ready', url });
      });
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
  });
  asking.abort();
  child.stdout.removeAllListeners('data').resume();
  child.stderr.removeAllListeners('data').resume();
  return start;
}

async function whenAnswered(url: string, signal: AbortSignal, act: () => void): Promise<void> {
  const response = await fetch(url, { signal }).catch(() => undefined);
  if (response?.ok === true) act();
}

const packageName = '@microsoft/m365agentsplayground';

/** The script that the package `@microsoft/m365agentsplayground` calls `agentsplayground`; fails with `not-installed`. */
function findPlayground(): string {
  const manifestPath = resolveManifest();
  const manifest: unknown = JSON.parse(readFileSync(manifestPath, 'utf8'));
  return join(dirname(manifestPath), readScript(manifest));
}

function resolveManifest(): string {
  try {
    return createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  } catch {
    throw new PlaygroundError(
      'not-installed',
      'Microsoft’s Agents Playground is not installed: run "npm ci" without leaving out the development dependencies, or set PLAYGROUND=off.',
    );
  }
}

function readScript(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'bin' in manifest) {
    const { bin } = manifest;
    if (typeof bin === 'object' && bin !== null && 'agentsplayground' in bin) {
      if (typeof bin.agentsplayground === 'string') return bin.agentsplayground;
    }
  }
  throw new PlaygroundError('not-installed', `The installed ${packageName} has no command agentsplayground.`);
}

/** Ends a process that has nothing to save, and resolves when it is gone; also where it never ran or has ended. */
async function killProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  child.kill('SIGKILL');
  await gone;
}

/**
 * Why the Playground does not run. `not-installed`: the package is missing; `could-not-run`: no process could be
 * started; `port-taken`: something else listens there; `ended-early`: it ended before it could be used (a
 * configuration it dislikes does that); `did-not-answer`: it was not ready in time.
 */
type PlaygroundErrorCode = 'not-installed' | 'could-not-run' | 'port-taken' | 'ended-early' | 'did-not-answer';

/** The Playground could not be started. Its message is a sentence for the person who typed `npm start`. */
export class PlaygroundError extends Error {
  override readonly name = 'PlaygroundError';
  readonly code: PlaygroundErrorCode;
  /** What it printed before anybody could talk to it; empty where it said nothing. */
  readonly output: string;

  constructor(code: PlaygroundErrorCode, message: string, output = '') {
    super(message);
    this.code = code;
    this.output = output;
  }
}
