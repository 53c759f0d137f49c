import { createApp } from './app.ts';
import { startProduction } from './app/start-production.ts';
import { processEnvironment, readSettings, type Settings } from './config.ts';
import { explainStartFailure } from './explain-start-failure.ts';
import { realOutside } from './outside.ts';

const read = readSettings(processEnvironment(), undefined, undefined, process.execArgv);
switch (read.kind) {
  case 'problems':
    refuse('Locksmith does not start. What is wrong with its settings:', read.problems);
    break;
  case 'settings':
    await start(read.settings);
}

async function start(settings: Settings): Promise<void> {
  process.once('uncaughtException', end);
  process.once('unhandledRejection', end);
  try {
    const running = await startIn(settings);
    const stop = (): void => {
      void running.stop().finally(() => process.exit());
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (failure) {
    refuse('Locksmith does not start:', [explainStartFailure(failure, settings)]);
  }
}

async function startIn(settings: Settings): Promise<{ stop(): Promise<void> }> {
  switch (settings.mode) {
    case 'sandbox': {
      const { startSandbox } = await import('./sandbox/start-sandbox.ts');
      return startSandbox(settings, realOutside, createApp);
    }
    case 'production':
      return startProduction(settings, realOutside, createApp);
  }
}

function refuse(title: string, reasons: readonly string[]): void {
  process.stderr.write(`${title}\n${reasons.map((reason) => `  - ${reason}\n`).join('')}`);
  process.exitCode = 1;
}

/** Ends on what nobody foresaw. Node itself would print the whole error, which may hold a message that was sent. */
function end(failure: unknown): void {
  const [name, frames] = Error.isError(failure)
    ? [failure.name, (failure.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))]
    : [typeof failure, []];
  process.stderr.write(`Locksmith ends: ${name}\n${frames.join('\n')}\n`);
  process.exit(1);
}
