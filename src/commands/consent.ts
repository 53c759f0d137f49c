import { realPlatform } from '../app/index.ts';
import { partnerCenterAddress, processEnvironment } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { runConsentCommand } from './consent/run-consent.ts';

await runCommand(() =>
  runConsentCommand({
    args: process.argv.slice(2),
    environment: processEnvironment(),
    platform: realPlatform,
    partnerCenterUrl: partnerCenterAddress,
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  }),
);
