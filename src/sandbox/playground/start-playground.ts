import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { systemClock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { endChild } from './end-child.ts';
import { findPlayground } from './find-playground.ts';
import { playgroundConfig } from './playground-config.ts';
import { PlaygroundError } from './playground-error.ts';
import { watchStart } from './watch-start.ts';

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
};

export type Playground = {
  /** The address to open in a browser. */
  readonly url: string;
  /** Ends the process and resolves when it is gone; again is harmless. */
  stop(): Promise<void>;
};

/**
 * Runs Microsoft's Agents Playground as a process of its own, without telemetry or a browser, listening on 127.0.0.1 and
 * reaching nothing but this machine; it ends with this process, however that ends. Nothing it prints is shown or kept,
 * because its log repeats every message. Resolves when it can be used; fails with a `PlaygroundError` and leaves nothing behind.
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
    const start = await watchStart(child, { port, clock });
    if (start.kind === 'failed') {
      await endChild(child);
      throw new PlaygroundError(start.code, sayWhy(start.code, port), start.output + (await readIfThere(logPath)));
    }
    let stopping = false;
    child.once('exit', (status) => {
      if (!stopping) log?.({ level: 'error', event: 'playground-ended', status: status ?? 'killed' });
    });
    return {
      url: start.url,
      stop: async () => {
        stopping = true;
        await endChild(child);
      },
    };
  } finally {
    // It has read its configuration by now, and without the folder it cannot write its log.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function sayWhy(code: PlaygroundError['code'], port: number): string {
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

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
