import { runCommand } from '../app/graceful-shutdown.ts';
import { realPlatform } from '../app/platform.ts';
import { partnerCenterAddress, processEnvironment } from '../config/settings.ts';
import { runConsentCommand } from './consent/run-consent.ts';

await runCommand(() =>
  runConsentCommand({
    args: process.argv.slice(2),
    environment: processEnvironment(),
    outside: realPlatform,
    partnerCenterUrl: partnerCenterAddress,
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  }),
);
