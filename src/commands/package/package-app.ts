import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import metadata from '../../../package.json' with { type: 'json' };
import { buildPackage } from './build-package.ts';

const manifestFolder = new URL('../../../manifest/', import.meta.url);
const placeholderId = '00000000-0000-0000-0000-000000000000';

/**
 * Writes the Teams app package to `outFile`, and says in sentences what it did. Without a bot id it stands for a
 * placeholder, good for a look and for nothing else. Nothing is written when anything is wrong. Rejects only when files
 * cannot be read or written.
 */
export async function packageApp({
  botId,
  outFile,
}: {
  readonly botId: string | undefined;
  readonly outFile: string;
}): Promise<{ readonly kind: 'written' | 'refused'; readonly says: readonly string[] }> {
  const [template, color, outline] = await Promise.all([
    readFile(new URL('manifest.json', manifestFolder), 'utf8'),
    readFile(new URL('color.png', manifestFolder)),
    readFile(new URL('outline.png', manifestFolder)),
  ]);
  const id = botId?.trim() || placeholderId;
  const built = await buildPackage({ template, color, outline, botId: id, version: metadata.version });
  if (built.kind === 'problems') {
    return { kind: 'refused', says: ['The app package was not written:', ...built.problems] };
  }
  await mkdir(dirname(outFile), { recursive: true });
  await writeFile(outFile, built.zip);
  return { kind: 'written', says: [`Wrote ${outFile}, valid against Microsoft's schema.`, ...remarks(id, template)] };
}

function remarks(id: string, template: string): readonly string[] {
  return [
    id === placeholderId
      ? `No bot is named: the package has the placeholder id ${placeholderId} and cannot be installed. Set MicrosoftAppId to the app id of your Azure Bot and run it again.`
      : `The bot is ${id}.`,
    ...(template.includes('https://example.com/')
      ? ['Before you hand it on, put your own addresses in place of https://example.com/ in manifest/manifest.json.']
      : []),
  ];
}
