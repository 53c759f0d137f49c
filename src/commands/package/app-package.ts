import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import metadata from '../../../package.json' with { type: 'json' };
import type { PackageSettings } from '../../config/index.ts';
import { findIconProblems } from './icons.ts';
import { renderPackagePreview } from './preview.ts';

const manifestFolder = new URL('../../../manifest/', import.meta.url);
const placeholderId = '00000000-0000-0000-0000-000000000000';

/** What stands in the manifest where no one set who publishes the app. */
const placeholderPublisher = {
  publisher: 'Locksmith',
  websiteUrl: 'https://example.com/locksmith',
  privacyUrl: 'https://example.com/locksmith/privacy',
  termsUrl: 'https://example.com/locksmith/terms',
} as const;

/**
 * Writes the Teams app package to `outFile`, and says in sentences what it did. Without a bot id it stands for a
 * placeholder: it is there to be looked at and cannot be uploaded. Nothing is written when anything is wrong. Rejects only
 * when files cannot be read or written.
 */
export async function packageApp({
  botId,
  outFile,
  ...given
}: PackageSettings & { readonly outFile: string }): Promise<{
  readonly kind: 'uploadable' | 'placeholder' | 'refused';
  readonly says: readonly string[];
}> {
  const [template, color, outline] = await Promise.all([
    readFile(new URL('manifest.json', manifestFolder), 'utf8'),
    readFile(new URL('color.png', manifestFolder)),
    readFile(new URL('outline.png', manifestFolder)),
  ]);
  const id = botId?.trim() || placeholderId;
  const publisher = {
    publisher: given.publisher ?? placeholderPublisher.publisher,
    websiteUrl: given.websiteUrl ?? placeholderPublisher.websiteUrl,
    privacyUrl: given.privacyUrl ?? placeholderPublisher.privacyUrl,
    termsUrl: given.termsUrl ?? placeholderPublisher.termsUrl,
  };
  const built = await buildPackage({ template, color, outline, botId: id, version: metadata.version, ...publisher });
  if (built.kind === 'problems') {
    return { kind: 'refused', says: ['The app package was not written:', ...built.problems] };
  }
  await mkdir(dirname(outFile), { recursive: true });
  const page = `${outFile.replace(/\.zip$/, '')}.html`;
  await Promise.all([
    writeFile(outFile, built.zip),
    writeFile(page, renderPackagePreview(built.manifest, { color, outline })),
  ]);
  const wrote = `Wrote ${outFile}, valid against Microsoft's schema. What it says, to be read: ${page}`;
  const missing = [
    ...(given.publisher === undefined ? ['APP_PUBLISHER'] : []),
    ...(given.websiteUrl === undefined ? ['APP_WEBSITE_URL'] : []),
    ...(given.privacyUrl === undefined ? ['APP_PRIVACY_URL'] : []),
    ...(given.termsUrl === undefined ? ['APP_TERMS_URL'] : []),
  ];
  const remarks =
    missing.length === 0 ? [] : [`Before you hand it on, set ${missing.join(', ')}: placeholders stand there.`];
  return id === placeholderId
    ? {
        kind: 'placeholder',
        says: [
          `It cannot be uploaded: no bot is named, so it has the placeholder id ${placeholderId}. Set MicrosoftAppId to the app id of your Azure Bot and run it again.`,
          wrote,
          ...remarks,
        ],
      }
    : { kind: 'uploadable', says: [wrote, `The bot is ${id}.`, ...remarks] };
}

/** What `manifest/` holds, and the values that its placeholders stand for. */
export type PackageParts = {
  readonly template: string;
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
  readonly botId: string;
  readonly version: string;
  readonly publisher: string;
  readonly websiteUrl: string;
  readonly privacyUrl: string;
  readonly termsUrl: string;
};

/**
 * Builds the Teams app package, or returns all that is wrong with its parts. It is a zip with `manifest.json`, `color.png`
 * and `outline.png` at its top. The same parts give the same bytes.
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
 */
export async function buildPackage({
  template,
  color,
  outline,
  ...values
}: PackageParts): Promise<
  | { readonly kind: 'package'; readonly zip: Uint8Array; readonly manifest: string }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }
> {
  const manifest = await readManifest(template, values);
  const icons = findIconProblems({ color, outline });
  if (manifest.kind === 'problems') {
    return { kind: 'problems', problems: [...manifest.problems, ...icons] };
  }
  if (icons.length > 0) {
    return { kind: 'problems', problems: icons };
  }
  const files = { 'manifest.json': strToU8(manifest.text), 'color.png': color, 'outline.png': outline };
  const zip = zipSync(files, { level: 9, mtime: '2000-01-01T12:00:00' });
  return { kind: 'package', zip, manifest: manifest.text };
}

/**
 * Fills in the placeholders of the manifest template, and checks the result against the Teams schema and our own rules. The
 * schema comes with Microsoft's package, so no network is needed. A text that is exactly `${name}` becomes that value;
 * nothing is concatenated. Returns the manifest's text, or every problem with its place.
 * https://learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema
 */
async function readManifest(
  template: string,
  values: Readonly<Record<string, string>>,
): Promise<
  | { readonly kind: 'manifest'; readonly text: string }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }
> {
  const manifest = fillPlaceholders(template, values);
  if (typeof manifest !== 'object' || manifest === null) {
    return { kind: 'problems', problems: ['manifest.json is not a JSON object'] };
  }
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const problems = [
    ...(await findSchemaProblems(text)),
    ...findRuleProblems(manifest),
    ...findUnfilledPlaceholders(text),
  ];
  return problems.length === 0 ? { kind: 'manifest', text } : { kind: 'problems', problems };
}

function fillPlaceholders(template: string, values: Readonly<Record<string, string>>): unknown {
  try {
    return JSON.parse(template, (_key, value: unknown) => {
      const name = typeof value === 'string' ? /^\$\{(\w+)\}$/.exec(value)?.[1] : undefined;
      return name !== undefined && Object.hasOwn(values, name) ? values[name] : value;
    });
  } catch {
    return undefined;
  }
}

async function findSchemaProblems(text: string): Promise<readonly string[]> {
  const schema = await AppManifestUtils.fetchSchema(manifestRules.shape.$schema.value);
  const problems = await AppManifestUtils.validateAgainstSchema(JSON.parse(text), schema);
  return problems.map((problem) => `manifest.json ${problem.trim()}`);
}

function findRuleProblems(manifest: object): readonly string[] {
  const issues = manifestRules.safeParse(manifest).error?.issues ?? [];
  return issues.map((issue) => `manifest.json /${issue.path.map(String).join('/')} ${issue.message}`);
}

function findUnfilledPlaceholders(text: string): readonly string[] {
  return Array.from(
    new Set(text.match(/\$\{\w+\}/g)),
    (placeholder) => `manifest.json has no value for ${placeholder}`,
  );
}

const scopes = ['personal', 'team', 'groupChat'];

/**
 * What the bot needs of a manifest beyond Microsoft's schema. It has three scopes and two icons, and is installed for a
 * person first, because the password goes to the 1:1 chat. It admits no other tenants and asks for no permissions.
 */
const manifestRules = z.looseObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'has to be three numbers, such as 1.0.0'),
  icons: z.looseObject({ color: z.literal('color.png'), outline: z.literal('outline.png') }),
  bots: z
    .array(
      z.looseObject({
        scopes: z.array(z.string()).refine(hasEveryScope, 'has to be personal, team and groupChat'),
        commandLists: z
          .array(z.looseObject({ scopes: z.array(z.string()) }))
          .refine(
            (lists) => hasEveryScope(lists.flatMap((list) => list.scopes)),
            'has to list commands for every scope',
          ),
      }),
    )
    .length(1, 'has to hold exactly one bot'),
  defaultInstallScope: z.literal('personal', 'has to be personal'),
  supportsChannelFeatures: z.never('has to be left out: it lets people of other tenants in').optional(),
  authorization: z.never('has to be left out: the bot needs no such permission').optional(),
});

function hasEveryScope(given: readonly string[]): boolean {
  return given.length === scopes.length && scopes.every((scope) => given.includes(scope));
}
