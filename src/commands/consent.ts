import { partnerCenterAddress, processEnvironment, readOutboundProxy } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { usages } from './usages.ts';

await runCommand({
  usage: usages.consent,
  takesWords: true,
  async run(args) {
    const environment = processEnvironment();
    const [{ realPlatform, routePlatform }, { runConsentCommand }] = await Promise.all([
      import('../app/index.ts'),
      import('./consent/run-consent.ts'),
    ]);
    return runConsentCommand({
      args,
      environment,
      platform: routePlatform(realPlatform, readOutboundProxy(environment)),
      partnerCenterUrl: partnerCenterAddress,
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
    });
  },
});
