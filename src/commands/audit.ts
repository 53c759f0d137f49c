import { processEnvironment } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { runAudit } from './audit/run-audit.ts';

await runCommand(() =>
  runAudit({
    args: process.argv.slice(2),
    environment: processEnvironment(),
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  }),
);
