import { systemClock } from '../base/index.ts';
import { processEnvironment } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { usages } from './usages.ts';

await runCommand({
  usage: usages.backup,
  takesWords: true,
  async run(args) {
    const { runBackup } = await import('./run-backup.ts');
    return runBackup({
      args,
      environment: processEnvironment(),
      clock: systemClock,
      output: process.stdout,
      errors: process.stderr,
    });
  },
});
