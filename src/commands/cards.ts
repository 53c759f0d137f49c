import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../base/index.ts';
import { runCommand } from './command-line.ts';
import { withProgress } from './progress.ts';
import { usages } from './usages.ts';

await runCommand({
  usage: usages.cards,
  async run() {
    const file = fileURLToPath(new URL('../../build/cards.html', import.meta.url));
    const draw = async (): Promise<void> => {
      const { buildGallery } = await import('./cards/card-gallery.ts');
      await mkdir(new URL('.', `file://${file}`), { recursive: true });
      await writeFile(file, await buildGallery());
    };
    await withProgress('Drawing every card', draw, { clock: systemClock, errors: process.stderr });
    process.stdout.write(`Every card in every state: ${file}\n`);
    return 0;
  },
});
