import { partnerCenterAddress, processEnvironment } from '../config.ts';
import { realOutside } from '../outside.ts';
import { runConsentCommand } from './consent/run-consent-command.ts';
import { runToEnd } from './run-to-end.ts';

await runToEnd(() =>
  runConsentCommand({
    args: process.argv.slice(2),
    environment: processEnvironment(),
    outside: realOutside,
    partnerCenterUrl: partnerCenterAddress,
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  }),
);
