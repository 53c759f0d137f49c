import { processEnvironment } from '../config.ts';
import { realOutside } from '../outside.ts';
import { runDoctor } from './doctor/run-doctor.ts';
import { runToEnd } from './run-to-end.ts';

await runToEnd(() =>
  runDoctor({
    environment: processEnvironment(),
    outside: realOutside,
    print: (line) => void process.stdout.write(`${line}\n`),
  }),
);
