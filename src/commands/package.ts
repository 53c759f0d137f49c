import { processEnvironment } from '../config.ts';
import { packageApp } from './package/package-app.ts';

const { kind, says } = await packageApp({
  botId: processEnvironment()['MicrosoftAppId'],
  outFile: 'build/locksmith.zip',
});
process.stdout.write(`${says.join('\n')}\n`);
process.exitCode = kind === 'written' ? 0 : 1;
