import { runCommand } from '../app/graceful-shutdown.ts';
import { systemClock } from '../base/clock.ts';
import { processEnvironment } from '../config/settings.ts';
import { runBackup } from './backup/run-backup.ts';

await runCommand(() =>
  runBackup({
    args: process.argv.slice(2),
    environment: processEnvironment(),
    clock: systemClock,
    output: process.stdout,
    errors: process.stderr,
  }),
);
