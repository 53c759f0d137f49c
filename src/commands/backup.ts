import { systemClock } from '../clock.ts';
import { processEnvironment } from '../config.ts';
import { runBackup } from './backup/run-backup.ts';
import { runToEnd } from './run-to-end.ts';

await runToEnd(() =>
  runBackup({
    args: process.argv.slice(2),
    environment: processEnvironment(),
    clock: systemClock,
    output: process.stdout,
    errors: process.stderr,
  }),
);
