import { listenForSignals } from '../../src/app/signals.ts';

/** A process that begins what it is told to begin, and prints each time that it is told to end. */
const signals = listenForSignals();
setInterval(() => undefined, 60_000);
if (process.env['BEGIN'] === 'yes') {
  signals.onSignal(() => {
    process.stdout.write('told\n');
  });
}
process.stdout.write('hears\n');
