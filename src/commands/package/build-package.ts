import { strToU8, zipSync } from 'fflate';
import { iconProblems } from './icon-problems.ts';
import { readManifest } from './read-manifest.ts';

/** What `manifest/` holds, and the values that its placeholders stand for. */
export type PackageParts = {
  readonly template: string;
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
  readonly botId: string;
  readonly version: string;
};

/**
 * The Teams app package: a zip with `manifest.json`, `color.png` and `outline.png` at its top, the same bytes for the
 * same parts; or everything that is wrong with them.
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
 */
export async function buildPackage({
  template,
  color,
  outline,
  botId,
  version,
}: PackageParts): Promise<
  | { readonly kind: 'package'; readonly zip: Uint8Array }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }
> {
  const manifest = await readManifest(template, { botId, version });
  const icons = iconProblems({ color, outline });
  if (manifest.kind === 'problems') {
    return { kind: 'problems', problems: [...manifest.problems, ...icons] };
  }
  if (icons.length > 0) {
    return { kind: 'problems', problems: icons };
  }
  const files = { 'manifest.json': strToU8(manifest.text), 'color.png': color, 'outline.png': outline };
  return { kind: 'package', zip: zipSync(files, { level: 9, mtime: '2000-01-01T12:00:00' }) };
}
