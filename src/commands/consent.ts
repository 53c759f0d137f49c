import { partnerCenterAddress, processEnvironment } from '../config.ts';
import { realOutside } from '../outside.ts';
import { runConsentCommand } from './consent/run-consent-command.ts';

process.exitCode = await runConsentCommand({
  args: process.argv.slice(2),
  environment: processEnvironment(),
  outside: realOutside,
  partnerCenterUrl: partnerCenterAddress,
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
});
