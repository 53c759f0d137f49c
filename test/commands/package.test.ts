import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import metadata from '../../package.json' with { type: 'json' };
import { buildPackage, packageApp, type PackageParts } from '../../src/commands/package/app-package.ts';
import type { PackageSettings } from '../../src/config/command-settings.ts';
import { makePng } from '../support/make-png.ts';

const botId = '0a1b2c3d-0000-4000-8000-00000000000e';
const manifestFolder = new URL('../../manifest/', import.meta.url);
const parts: PackageParts = {
  template: await readFile(new URL('manifest.json', manifestFolder), 'utf8'),
  color: await readFile(new URL('color.png', manifestFolder)),
  outline: await readFile(new URL('outline.png', manifestFolder)),
  botId,
  version: '1.2.3',
  publisher: 'Fabrikam',
  websiteUrl: 'https://fabrikam.example/',
  privacyUrl: 'https://fabrikam.example/privacy',
  termsUrl: 'https://fabrikam.example/terms',
};
const unset: PackageSettings = {
  botId: undefined,
  publisher: undefined,
  websiteUrl: undefined,
  privacyUrl: undefined,
  termsUrl: undefined,
};

describe('the app package', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'locksmith-package-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('is written with exactly three files at its top', async () => {
    const outFile = join(folder, 'build', 'locksmith.zip');
    const { kind, says } = await packageApp({ ...unset, botId, outFile });
    const files = unzipSync(await readFile(outFile));
    expect(kind).toBe('uploadable');
    expect(says.join('\n')).toContain(`The bot is ${botId}.`);
    expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(readManifestOf(files)).toMatchObject({ id: botId, version: metadata.version, bots: [{ botId }] });
  });

  it('is drawn beside it on a page, with every text, and markup of a publisher is text', async () => {
    const outFile = join(folder, 'drawn.zip');
    const { publisher: _, ...rest } = parts;
    await packageApp({ ...unset, ...rest, publisher: '<b>Fabrikam</b>', outFile });
    const page = await readFile(join(folder, 'drawn.html'), 'utf8');
    expect(page).toContain('&lt;b&gt;Fabrikam&lt;/b&gt;');
    expect(page).not.toContain('<b>');
    for (const says of ['Drawn by Locksmith', 'Locksmith: password resets', 'Let resets go on (approvers only)']) {
      expect(page).toContain(says);
    }
    expect(page.match(/data:image\/png;base64,/g)).toHaveLength(2);
  });

  it.each([undefined, '', ' '])('has a placeholder id, and says so, when the bot id is %p', async (nothing) => {
    const outFile = join(folder, 'placeholder.zip');
    const { kind, says } = await packageApp({ ...unset, botId: nothing, outFile });
    expect(kind).toBe('placeholder');
    const id = '00000000-0000-0000-0000-000000000000';
    expect(readManifestOf(unzipSync(await readFile(outFile)))).toMatchObject({ id, bots: [{ botId: id }] });
    expect(says.join('\n')).toContain('Set MicrosoftAppId');
  });

  it('names who publishes it as the settings say, and says which of them are not set', async () => {
    const outFile = join(folder, 'published.zip');
    const { publisher, websiteUrl, privacyUrl, termsUrl } = parts;
    const set = await packageApp({ botId, publisher, websiteUrl, privacyUrl, termsUrl, outFile });
    expect(readManifestOf(unzipSync(await readFile(outFile)))).toMatchObject({
      developer: {
        name: 'Fabrikam',
        websiteUrl: 'https://fabrikam.example/',
        privacyUrl: 'https://fabrikam.example/privacy',
        termsOfUseUrl: 'https://fabrikam.example/terms',
      },
    });
    expect(set.says.join('\n')).not.toContain('APP_');
    const { says } = await packageApp({ ...unset, botId, publisher: 'Fabrikam', outFile });
    expect(says.join('\n')).toContain('set APP_WEBSITE_URL, APP_PRIVACY_URL, APP_TERMS_URL');
  });

  it('is not written when the bot id is no GUID', async () => {
    const outFile = join(folder, 'refused.zip');
    const { kind, says } = await packageApp({ ...unset, botId: 'my-bot', outFile });
    expect(kind).toBe('refused');
    expect(says.filter((sentence) => /^manifest\.json \/(id|bots\/0\/botId) must match/.test(sentence))).toHaveLength(
      2,
    );
    await expect(readFile(outFile)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is the same to the byte for the same parts', async () => {
    expect(await buildPackage(parts)).toEqual(await buildPackage(parts));
  });
});

describe('the manifest', () => {
  it('is valid against the schema it names', async () => {
    const built = await buildPackage(parts);
    const text = built.kind === 'package' ? strFromU8(unzipSync(built.zip)['manifest.json'] ?? new Uint8Array()) : '{}';
    expect(await AppManifestUtils.validateAgainstSchema(JSON.parse(text))).toEqual([]);
  });

  it('lists commands for every scope, and no others than the bot knows', () => {
    const manifest: {
      bots: { scopes: string[]; commandLists: { scopes: string[]; commands: { title: string }[] }[] }[];
    } = JSON.parse(parts.template);
    const [bot] = manifest.bots;
    expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat']);
    expect(bot?.commandLists.flatMap((list) => list.scopes)).toEqual(['personal', 'team', 'groupChat']);
    const known = new Set(['reset password for', 'help', 'hi', 'status', 'history', 'cancel', 'freeze', 'thaw']);
    const listed = bot?.commandLists.flatMap((list) => list.commands.map((command) => command.title)) ?? [];
    expect(listed.filter((title) => !known.has(title))).toEqual([]);
  });

  it('is refused with every problem named', async () => {
    const wrong = {
      ...JSON.parse(parts.template),
      $schema: 'https://example.com/schema.json',
      manifestVersion: '1.18',
      version: '1',
      id: '${appId}',
      name: { short: 'x'.repeat(31) },
      accentColor: 'blue',
      icons: { color: 'colour.png', outline: 'outline.png' },
      bots: [{ botId: 5, scopes: ['personal', 'groupchat'], commandLists: [] }],
      defaultInstallScope: 'team',
      supportsChannelFeatures: 'tier1',
      authorization: { permissions: {} },
      surprise: true,
    };
    const problems = await problemsOf({ template: JSON.stringify({ ...wrong, developer: undefined }) });
    const named = [
      "must have required property 'developer'",
      '/manifestVersion must be equal to constant',
      '/id must match pattern',
      '/name/short must NOT have more than 30 characters',
      '/accentColor must match pattern',
      '/bots/0/botId must be string',
      '/bots/0/scopes/1 must be equal to one of the allowed values',
      'must NOT have additional properties. Details: {"additionalProperty":"surprise"}',
      '/$schema ',
      '/version has to be three numbers, such as 1.0.0',
      '/icons/color ',
      '/bots/0/scopes has to be personal, team and groupChat',
      '/bots/0/commandLists has to list commands for every scope',
      '/defaultInstallScope has to be personal',
      '/supportsChannelFeatures has to be left out: it lets people of other tenants in',
      '/authorization has to be left out: the bot needs no such permission',
      'has no value for ${appId}',
    ];
    expect(named.filter((start) => !problems.some((problem) => problem.startsWith(`manifest.json ${start}`)))).toEqual(
      [],
    );
  });

  it.each(['', '{', 'null', '5', '"${botId}"'])('is refused when the file holds %p', async (template) => {
    expect(await problemsOf({ template })).toEqual(['manifest.json is not a JSON object']);
  });

  it.each(['[]', '{}'])('is refused when the file holds %p', async (template) => {
    expect((await problemsOf({ template })).length).toBeGreaterThan(1);
  });
});

describe('the icons', () => {
  it('are refused with every problem named', async () => {
    expect(await problemsOf({ template: '', color: parts.outline, outline: parts.color })).toEqual([
      'manifest.json is not a JSON object',
      'color.png is 32×32, and has to be 192×192',
      'outline.png is 192×192, and has to be 32×32',
      'outline.png has colours other than white',
      'outline.png has no transparent background',
    ]);
  });

  it('are refused when there is nothing to see', async () => {
    const empty = { color: makePng(192, () => [0, 0, 0, 0]), outline: makePng(32, () => [0, 0, 0, 0]) };
    expect(await problemsOf(empty)).toEqual(['color.png is empty', 'outline.png has nothing to see in it']);
  });

  it.each([0, 1, 2, 3, 4])('are read with row filter %i', async (filter) => {
    const ring = (x: number, y: number) => [255, 255, 255, (x - y) ** 2 < 16 ? 255 - x * y : 0];
    expect(await problemsOf({ outline: makePng(32, ring, filter) })).toEqual([]);
    const oneGreyPixel = (x: number, y: number) => (x === 31 && y === 31 ? [255, 254, 255, 255] : ring(x, y));
    expect(await problemsOf({ outline: makePng(32, oneGreyPixel, filter) })).toEqual([
      'outline.png has colours other than white',
    ]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('<svg/>')],
    ['half a picture', Buffer.from(parts.outline.subarray(0, 300))],
    ['a signature alone', Buffer.from(parts.outline.subarray(0, 8))],
  ])('are refused when the file holds %s', async (_what, outline) => {
    expect(await problemsOf({ outline })).toEqual([
      'outline.png is not a PNG of 8 bits a channel, RGB or RGBA, without interlacing',
    ]);
  });
});

async function problemsOf(changed: Partial<PackageParts>): Promise<readonly string[]> {
  const built = await buildPackage({ ...parts, ...changed });
  return built.kind === 'problems' ? built.problems : [];
}

function readManifestOf(files: Readonly<Record<string, Uint8Array>>): object {
  return JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
}
