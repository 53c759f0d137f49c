import { processEnvironment } from '../config/index.ts';
import { packageApp } from './package/app-package.ts';

const { kind, says } = await packageApp({
  botId: processEnvironment()['MicrosoftAppId'],
  outFile: 'build/locksmith.zip',
});
process.stdout.write(`${says.join('\n')}\n`);
process.exitCode = kind === 'written' ? 0 : 1;
