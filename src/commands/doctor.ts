import { runCommand } from '../app/graceful-shutdown.ts';
import { realPlatform } from '../app/platform.ts';
import { processEnvironment } from '../config/settings.ts';
import { runDoctor } from './doctor/run-doctor.ts';

await runCommand(() =>
  runDoctor({
    environment: processEnvironment(),
    outside: realPlatform,
    print: (line) => void process.stdout.write(`${line}\n`),
  }),
);
