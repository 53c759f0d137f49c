import { processEnvironment } from '../config.ts';
import { realOutside } from '../outside.ts';
import { runDoctor } from './doctor/run-doctor.ts';

process.exitCode = await runDoctor({
  environment: processEnvironment(),
  outside: realOutside,
  print: (line) => void process.stdout.write(`${line}\n`),
});
