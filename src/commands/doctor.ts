import { realPlatform } from '../app/index.ts';
import { processEnvironment } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { runDoctor } from './doctor/run-doctor.ts';

await runCommand(() =>
  runDoctor({
    environment: processEnvironment(),
    platform: realPlatform,
    print: (line) => void process.stdout.write(`${line}\n`),
  }),
);
