import { hearSignals } from './app/hear-signals.ts';
import type { Ending } from './app/create-ending.ts';
import type { Settings } from './config.ts';

// All else is loaded after this: it takes a second or two, and a signal may come meanwhile.
const signals = hearSignals();
const { processEnvironment, readSettings } = await import('./config.ts');

const read = readSettings(processEnvironment(), undefined, undefined, process.execArgv);
switch (read.kind) {
  case 'problems':
    refuse('Locksmith does not start. What is wrong with its settings:', read.problems);
    break;
  case 'settings':
    await run(read.settings);
}

async function run(settings: Settings): Promise<void> {
  process.once('uncaughtException', end);
  process.once('unhandledRejection', end);
  const [{ createApp }, { createEnding }, { createLog }, { realOutside }, { runUntilTold }, { explainStartFailure }] =
    await Promise.all([
      import('./app.ts'),
      import('./app/create-ending.ts'),
      import('./log.ts'),
      import('./outside.ts'),
      import('./app/run-until-told.ts'),
      import('./explain-start-failure.ts'),
    ]);
  const { clock, write, ending } = realOutside;
  const told = Promise.withResolvers<Ending>();
  signals.begin(() => {
    // The timers of the clock keep no process alive, and this one shall end in order.
    setInterval(() => undefined, ending.longest);
    const log = createLog({ write, clock, level: settings.logLevel });
    told.resolve(createEnding({ clock, log, milliseconds: ending.longest }));
  });
  try {
    await runUntilTold(startIn, told.promise);
    process.exit();
  } catch (failure) {
    refuse('Locksmith does not start:', [explainStartFailure(failure, settings)]);
  }

  async function startIn(): Promise<{ stop(ending: Ending): Promise<void> }> {
    switch (settings.mode) {
      case 'sandbox': {
        const { startSandbox } = await import('./sandbox/start-sandbox.ts');
        return startSandbox(settings, realOutside, createApp);
      }
      case 'production': {
        const { startProduction } = await import('./app/start-production.ts');
        return startProduction(settings, realOutside, createApp);
      }
    }
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
