import { processEnvironment, readOutboundProxy } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { usages } from './usages.ts';

await runCommand({
  usage: usages.doctor,
  async run() {
    const environment = processEnvironment();
    const [{ realPlatform, routePlatform }, { runDoctor }] = await Promise.all([
      import('../app/index.ts'),
      import('./doctor/run-doctor.ts'),
    ]);
    return runDoctor({
      environment,
      platform: routePlatform(realPlatform, readOutboundProxy(environment)),
      print: (line) => void process.stdout.write(`${line}\n`),
      errors: process.stderr,
    });
  },
});
