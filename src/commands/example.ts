import { systemClock } from '../base/index.ts';
import { runCommand } from './command-line.ts';
import { withProgress } from './progress.ts';
import { usages } from './usages.ts';

await runCommand({
  usage: usages.example,
  async run() {
    const start = async () => {
      const [{ runExample }, { createPretendPartnerCenter }] = await Promise.all([
        import('../partner-center/index.ts'),
        import('../sandbox/index.ts'),
      ]);
      const pretend = createPretendPartnerCenter({});
      return { ...(await pretend.listen()), runExample, close: () => pretend.close() };
    };
    const { url, runExample, close } = await withProgress('Starting a pretend Partner Center', start, {
      clock: systemClock,
      errors: process.stderr,
    });
    await runExample(url, (line) => process.stdout.write(`${line}\n`));
    await close();
    return 0;
  },
});
