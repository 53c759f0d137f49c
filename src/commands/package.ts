import { systemClock } from '../base/index.ts';
import { processEnvironment, readPackageSettings } from '../config/index.ts';
import { runCommand } from './command-line.ts';
import { withProgress } from './progress.ts';
import { usages } from './usages.ts';

await runCommand({
  usage: usages.package,
  async run() {
    const read = readPackageSettings(processEnvironment());
    if (read.kind === 'problems') {
      process.stderr.write(`The app package was not written:\n${read.problems.map((one) => `  - ${one}\n`).join('')}`);
      return 1;
    }
    const make = async () => {
      const { packageApp } = await import('./package/app-package.ts');
      return packageApp({ ...read.settings, outFile: 'build/locksmith.zip' });
    };
    const { kind, says } = await withProgress('Making the app package', make, {
      clock: systemClock,
      errors: process.stderr,
    });
    process.stdout.write(`${says.join('\n')}\n`);
    return kind === 'uploadable' ? 0 : 1;
  },
});
