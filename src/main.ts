import type { Running, Shutdown } from './app/index.ts';
import { listenForSignals } from './app/signals.ts';
import { usages } from './commands/usages.ts';
import type { Settings } from './config/index.ts';

// Everything else is loaded after this. That takes a second or two, and a signal may come meanwhile.
const signals = listenForSignals();
endWhenUnread();
const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) {
  process.stdout.write(usages.start);
} else if (words.length > 0) {
  process.stderr.write(`Locksmith does not start: npm start takes no words.\n\n${usages.start}`);
  process.exitCode = 2;
} else {
  await begin();
}

async function begin(): Promise<void> {
  const { processEnvironment, readSettings } = await import('./config/index.ts');
  const read = readSettings(processEnvironment(), undefined, undefined, process.execArgv);
  switch (read.kind) {
    case 'problems':
      printRefusal('Locksmith does not start. What is wrong with its settings (docs/settings.md):', read.problems);
      break;
    case 'settings':
      await run(read.settings);
  }
}

async function run(settings: Settings): Promise<void> {
  process.once('uncaughtException', exitOnDefect);
  process.once('unhandledRejection', exitOnDefect);
  const [app, { createLog }, { formatForTerminal }] = await Promise.all([
    import('./app/index.ts'),
    import('./base/index.ts'),
    import('./texts/index.ts'),
  ]);
  const {
    createShutdown,
    explainStartFailure,
    keepProcessAlive,
    realPlatform,
    routePlatform,
    runUntilShutdown,
    settleLater,
  } = app;
  const { clock, shutdown } = realPlatform;
  // A person reads what a terminal shows; whatever else takes the output reads JSON.
  const write = process.stdout.isTTY
    ? (line: string) => {
        realPlatform.write(formatForTerminal(line));
      }
    : realPlatform.write;
  const requested = Promise.withResolvers<Shutdown>();
  signals.onSignal(() => {
    // The timers of the clock keep no process alive, and this one has to stop its parts in order.
    keepProcessAlive();
    const log = createLog({ write, clock, level: settings.logLevel });
    requested.resolve(createShutdown({ clock, log, milliseconds: shutdown.timeout }));
  });
  try {
    await runUntilShutdown(start, requested.promise);
    process.exit();
  } catch (failure) {
    printRefusal('Locksmith does not start:', [explainStartFailure(failure, settings)]);
  }

  async function start(): Promise<Running> {
    const running = await startInMode();
    settleLater(clock);
    return running;
  }

  async function startInMode(): Promise<Running> {
    const platform = { ...routePlatform(realPlatform, settings.outboundProxy), write };
    switch (settings.mode) {
      case 'sandbox': {
        const { startSandbox } = await import('./sandbox/index.ts');
        return startSandbox(settings, platform);
      }
      case 'production':
        return app.startProduction(settings, platform);
    }
  }
}

function printRefusal(title: string, reasons: readonly string[]): void {
  process.stderr.write(`${title}\n${reasons.map((reason) => `  - ${reason}\n`).join('')}`);
  process.exitCode = 1;
}

/**
 * Ends the process where nothing takes what it prints any more: `npm start | head`, or a log that is full. A bot that goes
 * on without a log could not be held to account. What is under way goes on with the next start.
 */
function endWhenUnread(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    process.stderr.write(`Locksmith ends: what it prints is not taken any more (${code ?? 'unknown'}).\n`);
    process.exit(1);
  });
}

/** Ends the process on a defect. Node itself would print the whole error, which may hold a message that was sent. */
function exitOnDefect(failure: unknown): void {
  const [name, frames] = Error.isError(failure)
    ? [failure.name, (failure.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))]
    : [typeof failure, []];
  process.stderr.write(`Locksmith ends: ${name}\n${frames.join('\n')}\n`);
  process.exit(1);
}
