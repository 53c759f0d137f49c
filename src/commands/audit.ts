import { processEnvironment } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { usages } from './usages.ts';

await runCommand({
  usage: usages.audit,
  takesWords: true,
  async run(args) {
    const { runAudit } = await import('./audit/run-audit.ts');
    return runAudit({
      args,
      environment: processEnvironment(),
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
    });
  },
});
