import { createApp } from './app.ts';
import { processEnvironment, readSettings } from './config.ts';
import { explainStartFailure } from './explain-start-failure.ts';
import { realOutside } from './outside.ts';

/** What production still lacks: until it is there, nothing is served to anybody. */
const notThereYet = [
  'The gate (token, tenant and roster checks of who may talk to the bot) is not switched on before there is a sign-in.',
  'The sign-in to Partner Center (Secure Application Model) is not built yet.',
];

const read = readSettings(processEnvironment());
if (read.kind === 'problems') {
  refuse('Locksmith does not start. What is wrong with its settings:', [
    ...read.problems,
    ...(read.mode === 'production' ? notThereYet : []),
  ]);
} else if (read.settings.mode === 'production') {
  refuse('Locksmith does not start in production yet:', notThereYet);
} else {
  const { startSandbox } = await import('./sandbox/start-sandbox.ts');
  const { settings } = read;
  try {
    const running = await startSandbox(settings, realOutside, createApp);
    const stop = (): void => {
      void running.stop().finally(() => process.exit());
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (failure) {
    refuse('Locksmith does not start:', [explainStartFailure(failure, settings)]);
  }
}

function refuse(title: string, reasons: readonly string[]): void {
  process.stderr.write(`${title}\n${reasons.map((reason) => `  - ${reason}\n`).join('')}`);
  process.exitCode = 1;
}
