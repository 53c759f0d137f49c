import { systemClock } from '../base/index.ts';
import { processEnvironment } from '../config/index.ts';
import { runCommand } from './command-line.ts';
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
