import { realPlatform, routePlatform } from '../app/index.ts';
import { partnerCenterAddress, processEnvironment, readOutboundProxy } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { runConsentCommand } from './consent/run-consent.ts';

const environment = processEnvironment();

await runCommand(() =>
  runConsentCommand({
    args: process.argv.slice(2),
    environment,
    platform: routePlatform(realPlatform, readOutboundProxy(environment)),
    partnerCenterUrl: partnerCenterAddress,
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  }),
);
