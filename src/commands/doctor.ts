import { realPlatform, routePlatform } from '../app/index.ts';
import { processEnvironment, readOutboundProxy } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { runDoctor } from './doctor/run-doctor.ts';

const environment = processEnvironment();

await runCommand(() =>
  runDoctor({
    environment,
    platform: routePlatform(realPlatform, readOutboundProxy(environment)),
    print: (line) => void process.stdout.write(`${line}\n`),
  }),
);
