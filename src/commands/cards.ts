import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildGallery } from './cards/card-gallery.ts';

const file = fileURLToPath(new URL('../../build/cards.html', import.meta.url));
await mkdir(new URL('.', `file://${file}`), { recursive: true });
await writeFile(file, await buildGallery());
process.stdout.write(`Every card in every state: ${file}\n`);
