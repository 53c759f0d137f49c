import { processEnvironment } from '../config.ts';
import { runAudit } from './audit/run-audit.ts';
import { runToEnd } from './run-to-end.ts';

await runToEnd(() =>
  runAudit({
    args: process.argv.slice(2),
    environment: processEnvironment(),
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  }),
);
