import { processEnvironment } from '../config.ts';
import { runAudit } from './audit/run-audit.ts';

process.exitCode = await runAudit({
  args: process.argv.slice(2),
  environment: processEnvironment(),
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
});
