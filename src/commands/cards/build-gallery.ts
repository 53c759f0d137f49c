import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { everyCard } from './every-card.ts';
import { hostConfigs } from './host-configs.ts';

/** One page that needs nothing else: every card in every state, drawn by Microsoft's renderer, light, dark and narrow. */
export async function buildGallery(): Promise<string> {
  const page = await readFile(new URL('gallery.html', import.meta.url), 'utf8');
  const script = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const renderer = await readFile(script, 'utf8');
  return [
    ['/* the renderer */', renderer.replaceAll('</script', String.raw`<\/script`)],
    ['[]', inScript(everyCard())],
    ['{}', inScript(hostConfigs)],
  ].reduce((text, [mark = '', content = '']) => fill(text, mark, content), page);
}

/** A mark stands alone on its line. */
function fill(page: string, mark: string, content: string): string {
  return page
    .split('\n')
    .map((line) => (line.trim() === mark ? content : line))
    .join('\n');
}

function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}
